// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReportTimeTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            2020-01-02T10:00:00Z                | 2020-01-02T10:00:00Z
            2020-01-02T10:00:00                 | 2020-01-02T10:00:00Z
            2020-01-02T10:00                    | 2020-01-02T10:00:00Z
            2020-01-02 10:00:00                 | 2020-01-02T10:00:00Z
            2020-01-02 10:00:00Z                | 2020-01-02T10:00:00Z
            2020-01-02T 10:00:00                | 2020-01-02T10:00:00Z
            2020-01-02t10:00:00z                | 2020-01-02T10:00:00Z
            2020-01-02                          | 2020-01-02T00:00:00Z
            2020/01/02 10:00:00                 | 2020-01-02T10:00:00Z
            2020-01-02T10:00:00.5               | 2020-01-02T10:00:00.500Z
            2020-01-02T10:00:00,123             | 2020-01-02T10:00:00.123Z
            2020-01-02T10:00:00.1234567+02:00   | 2020-01-02T08:00:00.123456700Z
            2020-01-02T10:00:00.123456789012Z   | 2020-01-02T10:00:00.123456789Z
            2020-01-02T10:00:00+0200            | 2020-01-02T08:00:00Z
            2020-01-02T10:00:00-05              | 2020-01-02T15:00:00Z
            2020-01-02 10:00:00 +0200           | 2020-01-02T08:00:00Z
            2020-01-02 10:00:00 UTC             | 2020-01-02T10:00:00Z
            2020-01-02T10:00:00+01:00[Europe/Paris] | 2020-01-02T09:00:00Z
            20200102                            | 2020-01-02T00:00:00Z
            20200102100000                      | 2020-01-02T10:00:00Z
            20200102T100000Z                    | 2020-01-02T10:00:00Z
            1577959200                          | 2020-01-02T10:00:00Z
            1577959200.25                       | 2020-01-02T10:00:00Z
            1577959200000                       | 2020-01-02T10:00:00Z
            1577959200000000                    | 2020-01-02T10:00:00Z
            1577959200000000000                 | 2020-01-02T10:00:00Z
            Thu, 02 Jan 2020 10:00:00 GMT       | 2020-01-02T10:00:00Z
            Thu, 2 Jan 2020 10:00:00 +0200      | 2020-01-02T08:00:00Z
            Thu Jan 02 10:00:00 UTC 2020        | 2020-01-02T10:00:00Z
            Thu Jan  2 10:00:00 2020            | 2020-01-02T10:00:00Z
            Thu Jan 02 2020 10:00:00 GMT+0200 (Central European Standard Time) | 2020-01-02T08:00:00Z
            """)
    void read(String text, String expected) {
        assertThat(ReportTime.read(text)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "",
                " ",
                "0",
                "0.0",
                "1970-01-01T00:00:00.000",
                "1970-01-01 01:00:00+01:00",
                "0001-01-01T00:00:00.0000000",
                "Thu, 01 Jan 1970 00:00:00 GMT",
                "1980-01-01T00:00:00"
            })
    void zeroIsNoTime(String text) {
        assertThat(ReportTime.read(text)).isNull();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "yesterday",
                "01/02/2020 10:00:00",
                "1/2/20",
                "2.1.2020",
                "2020-13-01T00:00:00",
                "2020-02-30",
                "2020-01-02T25:00:00",
                "2020-01-02T10:00:00 AM",
                "2020-01-02T10:00:00+99:00",
                "2020-01-02T::",
                "99999999999999999999999",
                "9999999999999999999",
                "-1",
                ".5",
                ".",
                "NaN",
                "T",
                "Thu Jan",
                "{{timestamp}}"
            })
    void whatCannotBeReadSaysSo(String text) {
        assertThatThrownBy(() -> ReportTime.read(text)).isInstanceOf(DateTimeException.class);
    }
}
