// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.effect.router;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One HAProxy under two spellings of its address is one router, with one release at a time. */
class RuntimeAddressTest {
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "HAProxy.example.com.:9999, haproxy.example.com:9999",
        "haproxy.example.com:09999, haproxy.example.com:9999",
        "' haproxy.example.com:9999 ', haproxy.example.com:9999",
        "127.0.0.1:9999, localhost:9999",
        "127.1:9999, localhost:9999",
        "LOCALHOST:9999, localhost:9999",
        "[::1]:9999, localhost:9999",
        "::1:9999, localhost:9999",
        "[2001:DB8::1]:9999, 2001:db8::1:9999",
        "/run/./haproxy//x/../admin.sock, /run/haproxy/admin.sock",
        "/RUN/haproxy.sock, /RUN/haproxy.sock",
        "haproxy, haproxy"
    })
    void oneFormForAllSpellings(String address, String normal) {
        assertThat(RuntimeAddress.normal(address)).isEqualTo(normal);
    }

    @ParameterizedTest(name = "{0} is not {1}")
    @CsvSource({
        "a.example.com:9999, b.example.com:9999",
        "127.0.0.2:9999, 127.0.0.1:9999",
        "localhost:9999, localhost:9998",
        "/run/a.sock, /run/b.sock"
    })
    void othersStayOthers(String one, String another) {
        assertThat(RuntimeAddress.normal(one)).isNotEqualTo(RuntimeAddress.normal(another));
    }
}
