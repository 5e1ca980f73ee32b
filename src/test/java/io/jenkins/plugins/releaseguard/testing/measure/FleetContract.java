// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.testing.measure;

/** The contract of one of many releases: three metrics, a look every 30 s, a bake that lasts longer than anybody measures. */
public final class FleetContract {
    private static final String TEXT = """
            apiVersion: release-guard/v1
            release: {service: shop-NUMBER, version: "2", commit: abc, owner: team, author: dana}
            metrics:
              - id: MON-001
                name: error rate
                kind: rate
                source: SOURCE
                errors: sum(increase(http_requests_total{code=~"5..",track="$track"}[$window]))
                total: sum(increase(http_requests_total{track="$track"}[$window]))
                worse: higher
              - id: MON-002
                name: latency
                kind: latency
                unit: s
                source: SOURCE
                histogram: http_request_duration_seconds_bucket{track="$track"}
                limit: 500ms
                worse: higher
                allow: 50%
              - id: MON-003
                name: refused rate
                kind: rate
                source: SOURCE
                errors: sum(increase(http_requests_refused_total{track="$track"}[$window]))
                total: sum(increase(http_requests_total{track="$track"}[$window]))
                worse: higher
            rollout: {phases: [10, 100], bake: 12h, maxBake: 24h, router: ROUTER, interval: 30s, noData: 5m, after: 1h}
            entries:
              - id: DEP-003
                type: Rollback
                stage: Post-deploy
                title: Error rate
                trigger: too many errors
                metric: MON-001
                threshold: ">10% of requests for 5 minutes"
                procedure: [{traffic: 0}]
                owner: team
            """;

    private FleetContract() {}

    /** Of one release, with the ids that its source and its router are set up by. */
    public static String of(String number, String source, String router) {
        return TEXT.replace("NUMBER", number).replace("SOURCE", source).replace("ROUTER", router);
    }
}
