// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderNamesTest {
    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "Host",
                "HOST",
                "Connection",
                "Transfer-Encoding",
                "transfer_encoding",
                "Content-Length",
                "TE",
                "Trailer",
                "Upgrade",
                "Expect",
                "Proxy-Authorization",
                "Proxy-Connection",
                "Proxy",
                "Forwarded",
                "Via",
                "X-Forwarded-For",
                "x_forwarded_host",
                "X-Forwarded-Proto",
                "X-Real-IP",
                "X-Original-URL",
                "X-Rewrite-URL",
                "X-HTTP-Method-Override",
                "Keep-Alive",
                "HTTP2-Settings"
            })
    void steers(String name) {
        assertThat(HeaderNames.steers(name)).isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"Accept", "Content-Type", "X-Request-Id", "Idempotency-Key", "X-Team", "If-None-Match"})
    void isPlain(String name) {
        assertThat(HeaderNames.isName(name)).isTrue();
        assertThat(HeaderNames.steers(name)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a:", "Host ", "a\r\nHost", "é", ":authority", "a\0"})
    void isNoName(String name) {
        assertThat(HeaderNames.isName(name)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\rb", "a\nb", "a\0b", "a\u007f", "é", "a\u2028b"})
    void isNoValue(String value) {
        assertThat(HeaderNames.isValue(value)).isFalse();
    }
}
