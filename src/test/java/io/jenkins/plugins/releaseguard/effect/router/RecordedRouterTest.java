// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.effect.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One proxy's backend is one router, by whatever words. */
class RecordedRouterTest {
    @ParameterizedTest(name = "{0} and {1}: {2}")
    @CsvSource({
        "localhost:9999, 127.0.0.1:9999, true",
        "proxy.example.com.:9999, PROXY.example.com:9999, true",
        "proxy.example.com:09999, proxy.example.com:9999, true",
        "/run/./haproxy.sock, /run/haproxy.sock, true",
        "proxy.example.com:9998, proxy.example.com:9999, false"
    })
    void theAddressMayBeSpelledInAnyWay(String one, String another, boolean same) {
        assertThat(router(one, "b").isSame(router(another, "b"))).isEqualTo(same);
        assertThat(router(one, "b").isSame(router(another, "c"))).isFalse();
    }

    private static RecordedRouter router(String address, String backend) {
        return new RecordedRouter("haproxy", address, backend, List.of("canary"), List.of(), false);
    }
}
