// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.contract.Metric.Query;
import io.jenkins.plugins.releaseguard.journal.Event.Sample;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AnsweredSamplesTest {
    private static final List<Metric> ASKED = List.of(metric("MON-001"), metric("MON-002"));

    private static Metric metric(String id) {
        Query query = new Query("e", "t", "", "", Double.NaN);
        return new Metric(
                id, "it", Metric.Kind.RATE, "", "s", Metric.Worse.HIGHER, true, false, "", 1, null, query, null, null);
    }

    private static Sample sample(String id) {
        return Sample.rate(id, 1, 100, 1, 100);
    }

    @Test
    void standInTheOrderAsked() throws SourceException {
        assertThat(AnsweredSamples.inOrder(ASKED, List.of(sample("MON-002"), sample("MON-001"))))
                .containsExactly(sample("MON-001"), sample("MON-002"));
    }

    /** A null in its place stopped the release's record: what is left out is missing, and never green. */
    @Test
    void whatIsLeftOutIsMissing() throws SourceException {
        assertThat(AnsweredSamples.inOrder(ASKED, List.of(sample("MON-002"))))
                .containsExactly(Sample.none("MON-001", "the source left it out"), sample("MON-002"));
        assertThat(AnsweredSamples.inOrder(ASKED, List.of()))
                .extracting(Sample::missing)
                .doesNotContainNull();
    }

    static Stream<Arguments> noAnswers() {
        return Stream.of(
                Arguments.of(null, "the source answered nothing"),
                Arguments.of(Collections.singletonList(null), "the source answered for no metric"),
                Arguments.of(List.of(sample("MON-009")), "for 'MON-009', which it was not asked about"),
                Arguments.of(List.of(sample("MON-001"), sample("MON-001")), "twice for MON-001"),
                Arguments.of(
                        Arrays.asList(sample("MON-001"), sample("MON-002"), null),
                        "the source answered for no metric"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("noAnswers")
    void anotherFormIsNoAnswer(List<Sample> answer, String said) {
        assertThatThrownBy(() -> AnsweredSamples.inOrder(ASKED, answer))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining(said);
    }
}
