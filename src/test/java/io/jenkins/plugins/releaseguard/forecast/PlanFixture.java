// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.forecast;

import io.jenkins.plugins.releaseguard.catalog.Catalog;
import io.jenkins.plugins.releaseguard.contract.Contract;
import io.jenkins.plugins.releaseguard.contract.ContractException;
import io.jenkins.plugins.releaseguard.contract.read.Variables;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.rollout.Plan;
import io.jenkins.plugins.releaseguard.rollout.PlanOptions;
import io.jenkins.plugins.releaseguard.rollout.Plans;
import io.jenkins.plugins.releaseguard.testing.OrdinaryService;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A contract of two usual metrics, and the past of a service that keeps it. */
final class PlanFixture {
    static final String CONTRACT = """
            apiVersion: release-guard/v1
            # stays
            release: {service: shop, version: "1"}
            metrics:
              - id: err
                kind: rate
                source: prometheus
                errors: errors_total{track="$track"}
                total: requests_total{track="$track"}
              - id: lat
                kind: latency
                unit: ms
                source: prometheus
                histogram: duration_seconds_bucket{track="$track"}
                limit: 500ms
                allow: 50%
            rollout:
              phases: [5, 25, 100]  # few
              bake: 10m
              maxBake: 40m
              after: 5m
              interval: 15s
              promote: proof
            """;

    private PlanFixture() {}

    static Optional<Contract> read(String text) {
        try {
            return Optional.of(Catalog.STANDARD.reader().parse(text, "release.yaml", Variables.none()));
        } catch (ContractException e) {
            return Optional.empty();
        }
    }

    static Contract contract() {
        return read(CONTRACT).orElseThrow();
    }

    static Plan plan(String text) {
        return Plans.of(read(text).orElseThrow(), "", PlanOptions.ALONE);
    }

    /** Looks of past releases, a minute each, in phases of a quarter of an hour. */
    static List<PastLooks> past(int releases, double rate, double errors, double retries, double slower) {
        List<PastLooks> past = new ArrayList<>();
        for (int r = 0; r < releases; r++) {
            OrdinaryService service = new OrdinaryService(1000 + r, rate, errors, retries, slower);
            for (double share : new double[] {0.05, 0.25, 0.5}) {
                List<Event.Looked> looks = new ArrayList<>();
                for (int i = 0; i < 60; i++) {
                    looks.add(service.look(0, share, 15, 15 * i));
                }
                past.add(new PastLooks(looks));
            }
        }
        return past;
    }

    static Habits habits(double rate, double errors, double retries) {
        return HabitReader.read(contract().metrics(), past(6, rate, errors, retries, 1), "the test");
    }
}
