// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.testing.JournalFixture;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** H10: what is larger than a record takes is cut before it is written, and says so. */
class EventSizeTest {
    private static final Instant T = JournalFixture.START;
    private static final int MOST = 1 << 20;

    @Test
    void whatFitsIsTheSame() {
        int frame = EventJson.length(note(""));
        Event atTheLimit = note("x".repeat(MOST - frame));
        assertThat(EventSize.fit(atTheLimit)).isSameAs(atTheLimit);
        Event look = look(Event.Sample.none("MON-001", "x".repeat(MOST - 7)));
        assertThat(EventSize.fit(look)).isSameAs(look);
        Event read = read("x".repeat(10_000));
        assertThat(EventSize.fit(read)).isSameAs(read);
        Event failed = new Event.Looked(0, T, T, null, "no answer");
        assertThat(EventSize.fit(failed)).isSameAs(failed);
    }

    @Test
    void aLongTextIsCutAndSaysHowLongItWas() {
        int length = MOST - EventJson.length(note("")) + 1;
        assertThat(EventSize.fit(note("x".repeat(length))))
                .isEqualTo(note("x".repeat(10_000) + "… (cut, of " + length + " characters)"));
        assertThat(EventSize.fit(read("y".repeat(2 * MOST))))
                .isEqualTo(read("y".repeat(10_000) + "… (cut, of " + 2 * MOST + " characters)"));
    }

    @Test
    void aLongListEndsEarlier() {
        List<String> reasons =
                IntStream.range(0, 5000).mapToObj(i -> i + "x".repeat(500)).toList();
        assertThat(EventSize.fit(new Event.GateDecided(GateWord.NO_GO, reasons, null, null)))
                .isEqualTo(new Event.GateDecided(GateWord.NO_GO, reasons.subList(0, 1001), null, null));
    }

    @Test
    void manyNamesAreFewer() {
        Map<String, String> artifacts = new LinkedHashMap<>();
        IntStream.range(0, 5000).forEach(i -> artifacts.put("artifact-" + i, "x".repeat(500)));
        assertThat(EventSize.fit(opened(artifacts))).isInstanceOfSatisfying(Event.Opened.class, cut -> {
            assertThat(cut.artifacts()).hasSize(1001).containsEntry("artifact-1000", "x".repeat(500));
            assertThat(cut.service()).isEqualTo("shop");
        });
    }

    /** A thousand texts that are ten thousand characters long are still too much. */
    @Test
    void whatIsStillTooLargeIsCutShorter() {
        List<String> reasons = Collections.nCopies(5000, "x".repeat(5000));
        assertThat(EventSize.fit(new Event.GateDecided(GateWord.NO_GO, reasons, null, null)))
                .isEqualTo(new Event.GateDecided(
                        GateWord.NO_GO,
                        Collections.nCopies(101, "x".repeat(1000) + "… (cut, of 5000 characters)"),
                        null,
                        null));
    }

    /** What is cut to ten characters each has one value beside the first. */
    @Test
    void anEventWhoseNamesAreTooLargeIsLeftOutAndSaysSo() {
        Event huge = new Event.Unknown("far", Map.of("x".repeat(2 * MOST), 1));
        assertThat(EventSize.fit(huge))
                .isEqualTo(new Event.Noted(
                        NoteKind.ISSUE,
                        "an event 'far' of " + EventJson.length(huge) + " characters was left out of the record"));
    }

    /** Each holds a little too much for itself, and the same less one number or character is not too much. */
    static Stream<Event.Sample> heavy() {
        List<Double> numbers = Collections.nCopies(MOST / 9 + 1, 0.25);
        Map<String, Double> names = Map.of("q".repeat(MOST - 8), 0.5);
        return Stream.of(
                Event.Sample.none("m".repeat(MOST + 1), null),
                Event.Sample.none("", "m".repeat(MOST + 1)),
                new Event.Sample("", 1.0, 1.0, 1.0, 1.0, numbers, null, null, null, null),
                new Event.Sample("", 1.0, 1.0, 1.0, 1.0, null, numbers, null, null, null),
                new Event.Sample("", 1.0, 1.0, 1.0, 1.0, null, null, names, null, null),
                new Event.Sample("", 1.0, 1.0, 1.0, 1.0, null, null, null, names, null),
                new Event.Sample("", 1.0, 1.0, 1.0, 1.0, null, null, null, null, numbers, null, null, null),
                new Event.Sample("", 1.0, 1.0, 1.0, 1.0, null, null, null, null, null, numbers, null, null),
                new Event.Sample("", 1.0, 1.0, 1.0, 1.0, null, null, null, null, null, null, numbers, null));
    }

    @ParameterizedTest
    @MethodSource("heavy")
    void aLookThatIsTooLargeSaidNothing(Event.Sample heavy) {
        Event.Sample small = Event.Sample.rate("MON-001", 1, 2, 3, 4);
        assertThat(EventSize.fit(
                        new Event.Looked(3, T, T.plusSeconds(30), java.util.Arrays.asList(small, null, heavy), null)))
                .isInstanceOfSatisfying(Event.Looked.class, look -> {
                    assertThat(look.samples()).isEmpty();
                    assertThat(look.phase()).isEqualTo(3);
                    assertThat(look.from()).isEqualTo(T);
                    assertThat(look.to()).isEqualTo(T.plusSeconds(30));
                    assertThat(look.error())
                            .matches("the sources said 10485\\d\\d characters, more than a record takes");
                });
    }

    @Test
    void numbersAreNineCharactersAndNamesTheirOwn() {
        List<Double> most = Collections.nCopies(MOST / 9, 0.25);
        Event fits = look(new Event.Sample("four", 1.0, 1.0, 1.0, 1.0, most, null, null, null, null));
        assertThat(EventSize.fit(fits)).isSameAs(fits);
        assertThat(EventSize.fit(look(new Event.Sample("fives", 1.0, 1.0, 1.0, 1.0, most, null, null, null, null))))
                .isNotSameAs(fits)
                .isInstanceOfSatisfying(
                        Event.Looked.class,
                        look -> assertThat(look.error())
                                .isEqualTo("the sources said 1048577 characters, more than a record takes"));
        Event named = look(new Event.Sample(
                "", null, null, null, null, null, null, Map.of("q".repeat(MOST - 9), 1.0), null, null));
        assertThat(EventSize.fit(named)).isSameAs(named);
    }

    @Test
    void aSourceThatFailedAtLengthIsALookThatIsTooLarge() {
        assertThat(EventSize.fit(new Event.Looked(0, T, T, null, "x".repeat(MOST + 1))))
                .isInstanceOfSatisfying(
                        Event.Looked.class,
                        look -> assertThat(look.error())
                                .isEqualTo("the sources said 1048577 characters, more than a record takes"));
    }

    private static Event note(String text) {
        return new Event.Noted(NoteKind.NOTE, text);
    }

    private static Event look(Event.Sample sample) {
        return new Event.Looked(0, T, T, List.of(sample), null);
    }

    private static Event read(String error) {
        return new Event.RouterRead("read", 5, 1, 2, 3, true, error, T);
    }

    private static Event opened(Map<String, String> artifacts) {
        return new Event.Opened(
                "shop",
                "2",
                "abc",
                "production",
                "full",
                "team",
                "release.yaml",
                "digest",
                artifacts,
                "ann",
                "1",
                Map.of(),
                5,
                false,
                List.of(),
                null,
                null);
    }
}
