// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Words stand in journals on disk: what was written is read as the same, and what a later version wrote as unknown. */
class WordTest {
    static Stream<Arguments> vocabularies() {
        return Stream.of(
                vocabulary(BreachCause.values(), BreachCause::of),
                vocabulary(EvidenceStatus.values(), EvidenceStatus::of),
                vocabulary(GateWord.values(), GateWord::of),
                vocabulary(HoldCause.values(), HoldCause::of),
                vocabulary(LookAction.values(), LookAction::of),
                vocabulary(MetricVerdict.values(), MetricVerdict::of),
                vocabulary(NoteKind.values(), NoteKind::of),
                vocabulary(OperatorCommand.values(), OperatorCommand::of),
                vocabulary(PhaseVerdict.values(), PhaseVerdict::of),
                vocabulary(ReleaseOutcome.values(), ReleaseOutcome::of));
    }

    private static Arguments vocabulary(Word[] words, Function<String, Word> read) {
        return Arguments.of(words, read);
    }

    @ParameterizedTest
    @MethodSource("vocabularies")
    void everyWordIsReadAsItself(Word[] words, Function<String, Word> read) {
        assertThat(Arrays.stream(words).map(word -> word.text()))
                .doesNotHaveDuplicates()
                .allMatch(text -> !text.isBlank());
        for (Word word : words) {
            assertThat(read.apply(word.text())).isSameAs(word);
            assertThat(word).hasToString(word.text());
            assertThat(Word.text(word)).isEqualTo(word.text());
        }
        assertThat(read.apply("a word of a later version")).hasToString("unknown");
        assertThat(read.apply(null)).isNull();
        assertThat(Word.text(null)).isNull();
    }

    @Test
    void onlyWhatSomebodyOrdersHasAnOrderBehindIt() {
        assertThat(OperatorCommand.of(BreachCause.ABORT)).isEqualTo(OperatorCommand.ABORT);
        assertThat(OperatorCommand.of(BreachCause.KILLED)).isEqualTo(OperatorCommand.KILLED);
        assertThat(OperatorCommand.of(BreachCause.OPERATOR)).isEqualTo(OperatorCommand.OPERATOR);
        assertThat(EnumSet.of(BreachCause.ABORT, BreachCause.KILLED, BreachCause.OPERATOR))
                .noneMatch(BreachCause::isFailure);
        for (BreachCause cause :
                EnumSet.complementOf(EnumSet.of(BreachCause.ABORT, BreachCause.KILLED, BreachCause.OPERATOR))) {
            assertThat(cause.isFailure()).as(cause.text()).isTrue();
            assertThatThrownBy(() -> OperatorCommand.of(cause)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
