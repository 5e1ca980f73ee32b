// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.config;

import hudson.model.Item;
import io.jenkins.plugins.releaseguard.effect.EffectException;
import io.jenkins.plugins.releaseguard.effect.http.Endpoint;
import io.jenkins.plugins.releaseguard.effect.router.TrafficRouter;
import io.jenkins.plugins.releaseguard.metric.MetricSource;
import io.jenkins.plugins.releaseguard.metric.SourceException;
import java.util.List;
import java.util.Optional;
import jenkins.model.Jenkins;

/** Finds what is set up for a job by the id that a contract gives. */
public final class Setups {
    private Setups() {}

    /** @param job may be null for a job that is gone */
    public static MetricSource source(Item job, String id) throws SourceException {
        ReleaseGuardConfiguration global = ReleaseGuardConfiguration.get();
        MetricSourceSetup setup = global.getSources().stream()
                .filter(s -> id.equals(s.getId()))
                .findFirst()
                .orElseThrow(() -> new SourceException(missing(
                        "metric source",
                        id,
                        global.getSources().stream()
                                .map(MetricSourceSetup::getId)
                                .toList())));
        return setup.connect(Jenkins.get());
    }

    public static TrafficRouter router(Item job, String id) throws EffectException {
        ReleaseGuardConfiguration global = ReleaseGuardConfiguration.get();
        Optional<RouterSetup> setup =
                global.getRouters().stream().filter(r -> id.equals(r.getId())).findFirst();
        if (setup.isEmpty()) {
            throw new EffectException(missing(
                    "router",
                    id,
                    global.getRouters().stream().map(RouterSetup::getId).toList()));
        }
        return setup.get().connect(Jenkins.get());
    }

    public static Optional<Endpoint> endpoint(Item job, String id) {
        return ReleaseGuardConfiguration.get().getEndpoints().stream()
                .filter(e -> id.equals(e.getId()))
                .findFirst()
                .map(e -> e.connect(Jenkins.get()));
    }

    private static String missing(String what, String id, List<String> known) {
        return "No " + what + " '" + id + "' is set up under Manage Jenkins, System, Release Guard; there is "
                + (known.isEmpty() ? "none" : String.join(", ", known));
    }
}
