// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.effect.router;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * A router's address as a release's record keeps it, so that whoever is on call can bring traffic back where Jenkins is gone;
 * {@code routers.json} of the record, by the router's id. Never a secret.
 *
 * @param kind which router it is: {@code haproxy}
 * @param address see {@link HaproxySettings#address}
 * @param canary names of servers
 * @param baseline the same, empty for all others
 * @param masters see {@link HaproxySettings#masters}; none in records of older versions
 * @param map see {@link HaproxySettings#map}; null for none
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RecordedRouter(
        String kind,
        String address,
        String backend,
        List<String> canary,
        List<String> baseline,
        boolean maintenanceAtZero,
        List<String> masters,
        MapShare map) {
    /** The file's name. */
    public static final String FILE = "routers.json";

    private static final String HAPROXY = "haproxy";

    public RecordedRouter {
        canary = canary == null ? List.of() : List.copyOf(canary);
        baseline = baseline == null ? List.of() : List.copyOf(baseline);
        masters = masters == null ? List.of() : List.copyOf(masters);
    }

    /** One whose masters' sockets aren't known. */
    public RecordedRouter(
            String kind,
            String address,
            String backend,
            List<String> canary,
            List<String> baseline,
            boolean maintenanceAtZero) {
        this(kind, address, backend, canary, baseline, maintenanceAtZero, List.of(), null);
    }

    /** The addresses of its balancers in one form, each of which is this router's alone. */
    public List<String> places() {
        return HaproxySettings.addresses(address).stream()
                .map(RuntimeAddress::normal)
                .toList();
    }

    /** Whether both are the same part of the same proxy, or of one of the same, whichever servers are meant and however the address is spelled. */
    public boolean isSame(RecordedRouter other) {
        return kind.equals(other.kind)
                && places().stream().anyMatch(other.places()::contains)
                && backend.equals(other.backend);
    }

    public static RecordedRouter of(HaproxySettings settings) {
        return new RecordedRouter(
                HAPROXY,
                settings.address(),
                settings.backend(),
                settings.canary(),
                settings.baseline(),
                settings.maintenanceAtZero(),
                settings.masters(),
                settings.map());
    }

    /** @throws IllegalArgumentException a kind that this version doesn't know, or an address that can't be one */
    public TrafficRouter connect() {
        if (!HAPROXY.equals(kind)) {
            throw new IllegalArgumentException("a router of kind '" + kind + "' is not known here");
        }
        HaproxySettings settings =
                HaproxySettings.of(address, backend, canary, baseline, map).withMasters(masters);
        return new HaproxyRouter(maintenanceAtZero ? settings.withMaintenanceAtZero() : settings);
    }
}
