// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.measure;

import io.jenkins.plugins.releaseguard.testing.measure.Quantiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The same watching as a Pipeline of its own: the numbers of three metrics for both versions, asked side by side every 30 s. */
final class RivalLooks {
    static final String SCRIPT = """
            def urls = [URLS]
            def branches = [:]
            for (int i = 0; i < urls.size(); i++) {
                int n = i
                branches['shop-' + n] = {
                    node {
                        waitUntil(quiet: true) {
                            sleep 30
                            sh(label: 'look', script: '''
                                set +x
                                date +%s.%N >> LOOKS/''' + n + '''
                                for track in canary baseline; do
                                    for query in "sum(increase(http_requests_total{code=~'5..',track='$track'}[30s]))" \\\\
                                            "sum(increase(http_requests_total{track='$track'}[30s]))" \\\\
                                            "histogram_quantile(0.95, sum by (le) (rate(http_request_duration_seconds_bucket{track='$track'}[30s])))"; do
                                        curl -s -m 10 --data-urlencode "query=$query" ''' + urls[n] + '''/api/v1/query > /dev/null &
                                    done
                                done
                                wait
                            ''')
                            return false
                        }
                    }
                }
            }
            parallel branches
            """;

    private RivalLooks() {}

    /** Of the looks that were begun after {@code from}. */
    static Quantiles lateness(Path looks, Instant from, Duration interval) throws IOException {
        List<Double> late = new ArrayList<>();
        double begin = from.toEpochMilli() / 1e3;
        try (Stream<Path> files = Files.list(looks)) {
            for (Path file : files.toList()) {
                List<String> times = Files.readAllLines(file);
                for (int i = 1; i < times.size(); i++) {
                    double time = Double.parseDouble(times.get(i));
                    if (time > begin) {
                        late.add(time - Double.parseDouble(times.get(i - 1)) - interval.toSeconds());
                    }
                }
            }
        }
        return Quantiles.of(late);
    }
}
