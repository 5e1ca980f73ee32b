// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UrlPathTest {
    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "",
                "/",
                "items",
                "/items/PAY-1/",
                "a//b",
                "v1.2/.well-known/x",
                "...x",
                "a%20b",
                "100%25",
                "%E2%82%AC",
                "{id}",
                "a:b@c",
                "?q=../x%2f;\\",
                "a#../b",
                "%2525"
            })
    void staysWhereItIs(String path) {
        assertThat(UrlPath.fault(path)).isNull();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "../admin, 0, a segment of dots",
        "a/../admin, 2, a segment of dots",
        "./a, 0, a segment of dots",
        "a/..., 2, a segment of dots",
        "..%2fadmin, 0, an encoded slash",
        "..%2Fadmin, 0, an encoded slash",
        "%2e%2e/admin, 0, a segment of dots",
        ".%2e/admin, 0, a segment of dots",
        "%252e%252e/, 0, a segment of dots",
        "%25252e%25252e/, 0, a segment of dots",
        "x/%252fadmin, 2, an encoded slash",
        "%25252525252e, 0, encoded more than",
        "..;/admin, 0, a semicolon",
        "a;v=1, 0, a semicolon",
        "a%3bb, 0, an encoded semicolon",
        "a\\..\\b, 0, a backslash",
        "a%5c..%5cb, 0, an encoded backslash",
        "a%00b, 0, an encoded control character",
        "a%0d%0ab, 0, an encoded control character",
        "%c0%ae%c0%ae/, 0, encodes no text",
        "a%zz, 0, encodes no text",
        "a%2, 0, encodes no text",
        "．．/admin, 0, a segment of dots",
        "a／b, 0, a slash",
        "%EF%BC%8E%EF%BC%8E/, 0, a segment of dots",
        "%20../x, 0, a segment of dots",
        "a%%252fb, 0, encodes no text",
        "a%25%252fb, 0, an encoded slash",
        "a%25c0%25af, 0, encodes no text"
    })
    void couldLeadElsewhere(String path, int offset, String said) {
        UrlPath.Fault fault = UrlPath.fault(path);
        assertThat(fault).isNotNull();
        assertThat(fault.text()).contains(said);
        assertThat(fault.offset()).isEqualTo(offset);
    }
}
