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
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RecordedRouter(
        String kind,
        String address,
        String backend,
        List<String> canary,
        List<String> baseline,
        boolean maintenanceAtZero) {
    /** The file's name. */
    public static final String FILE = "routers.json";

    private static final String HAPROXY = "haproxy";

    public RecordedRouter {
        canary = canary == null ? List.of() : List.copyOf(canary);
        baseline = baseline == null ? List.of() : List.copyOf(baseline);
    }

    /** Whether both are the same part of the same proxy, whichever servers are meant and however the address is spelled. */
    public boolean isSame(RecordedRouter other) {
        return kind.equals(other.kind)
                && RuntimeAddress.normal(address).equals(RuntimeAddress.normal(other.address))
                && backend.equals(other.backend);
    }

    public static RecordedRouter of(HaproxySettings settings) {
        return new RecordedRouter(
                HAPROXY,
                settings.address(),
                settings.backend(),
                settings.canary(),
                settings.baseline(),
                settings.maintenanceAtZero());
    }

    /** @throws IllegalArgumentException a kind that this version doesn't know, or an address that can't be one */
    public TrafficRouter connect() {
        if (!HAPROXY.equals(kind)) {
            throw new IllegalArgumentException("a router of kind '" + kind + "' is not known here");
        }
        HaproxySettings settings = HaproxySettings.of(address, backend, canary, baseline);
        return new HaproxyRouter(maintenanceAtZero ? settings.withMaintenanceAtZero() : settings);
    }
}
