// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Whatever a look or a reading holds comes back as it was, and whatever bytes stand in a file, reading them ends. */
class ReadingCodecTest {
    private static final Instant T = Instant.parse("2026-11-02T09:00:00.123456789Z");

    @Property
    void anySampleComesBack(@ForAll @Size(max = 6) List<@From("readings") Event> events) throws IOException {
        ReadingEncoder encoder = new ReadingEncoder();
        ReadingDecoder decoder = new ReadingDecoder();
        for (int i = 0; i < events.size(); i++) {
            if (i == 3) {
                encoder.begin();
            }
            Stamped stamped = new Stamped(i / 2, T.plusMillis(700L * i), T.minusSeconds(i), events.get(i));
            assertThat(ReadingEncoder.takes(stamped.event())).isTrue();
            assertThat(decoder.unpack(encoder.pack(stamped))).isEqualTo(stamped);
        }
    }

    @Property
    void anyBytesAreAReadingOrAreRefused(@ForAll @Size(max = 60) byte[] bytes) {
        Throwable thrown = catchThrowable(() -> new ReadingDecoder().unpack(bytes));
        assertThat(thrown == null || thrown instanceof IOException)
                .as(String.valueOf(thrown))
                .isTrue();
    }

    @Provide
    Arbitrary<Event> readings() {
        return Arbitraries.oneOf(looks(), reads());
    }

    private static Arbitrary<Event> looks() {
        return Combinators.combine(
                        Arbitraries.integers(),
                        times(),
                        times(),
                        samples().list().ofMaxSize(3).injectNull(0.1),
                        texts())
                .as(Event.Looked::new);
    }

    private static Arbitrary<Event> reads() {
        Arbitrary<Double> number = numbers();
        Arbitrary<Event.Behind> behind = Combinators.combine(texts(), texts(), texts(), texts(), texts())
                .as(Event.Behind::new)
                .injectNull(0.3);
        return Combinators.combine(
                        texts(),
                        number,
                        number,
                        number,
                        Arbitraries.of(true, false).injectNull(0.3),
                        texts(),
                        times(),
                        behind)
                .as((key, weight, canary, sessions, serving, error, asked, by) ->
                        new Event.RouterRead(key, weight, canary, weight, sessions, serving, error, asked, by));
    }

    private static Arbitrary<Event.Sample> samples() {
        Arbitrary<Double> number = numbers().injectNull(0.2);
        Arbitrary<List<Double>> list = number.list().ofMaxSize(4).injectNull(0.3);
        Arbitrary<Map<String, Double>> quantiles = Arbitraries.maps(Arbitraries.of("p50", "p95", "p99"), numbers())
                .ofMaxSize(2)
                .map(map -> (Map<String, Double>) new HashMap<>(map))
                .injectNull(0.3);
        Arbitrary<List<Double>> four = number.list().ofSize(4);
        return Combinators.combine(texts(), four, list, list, quantiles, quantiles, list, texts())
                .as((metric, n, canary, baseline, canaryQ, baselineQ, bounds, missing) -> new Event.Sample(
                        metric, n.get(0), n.get(1), n.get(2), n.get(3), canary, baseline, canaryQ, baselineQ, bounds,
                        baseline, canary, missing));
    }

    private static Arbitrary<Double> numbers() {
        return Arbitraries.oneOf(
                Arbitraries.of(
                        0.0,
                        -0.0,
                        Double.NaN,
                        Double.POSITIVE_INFINITY,
                        Double.NEGATIVE_INFINITY,
                        Double.MAX_VALUE,
                        Double.MIN_VALUE,
                        9007199254740992.0,
                        -9007199254740994.0),
                Arbitraries.doubles(),
                Arbitraries.integers().map(Integer::doubleValue));
    }

    private static Arbitrary<String> texts() {
        return Arbitraries.of("read", "MON-001", "no answer within 8.0 s", "Grüße \u2028", "")
                .injectNull(0.3);
    }

    private static Arbitrary<Instant> times() {
        return Arbitraries.of(T, T.plusSeconds(30), T.minusNanos(1), Instant.EPOCH, Instant.MAX, Instant.MIN)
                .injectNull(0.2);
    }

    @Test
    void whatHoldsMoreOrLeansOnWhatIsNotThereIsRefused() throws IOException {
        Stamped read = new Stamped(1, T, T, new Event.RouterRead("read", 5, 1, 2, 3, true, null, T));
        byte[] frame = new ReadingEncoder().pack(read);
        assertThat(new ReadingDecoder().unpack(frame)).isEqualTo(read);
        assertThatThrownBy(() -> new ReadingDecoder().unpack(Arrays.copyOf(frame, frame.length + 1)))
                .hasMessage("holds more than an event");
        ReadingEncoder encoder = new ReadingEncoder();
        encoder.pack(read);
        byte[] leaning = encoder.pack(read);
        assertThatThrownBy(() -> new ReadingDecoder().unpack(leaning)).hasMessage("leans on what is not there");
        leaning[0] |= ReadingEncoder.FRESH;
        assertThatThrownBy(() -> new ReadingDecoder().unpack(leaning))
                .hasMessage("names something that was not written before");
    }

    /** A length is believed up to the bytes that are left, and no further. */
    @Test
    void aTextLongerThanWhatIsLeftIsRefused() throws IOException {
        PackedOut out = new PackedOut();
        out.oneByte(1);
        out.number(3);
        byte[] bytes = Arrays.copyOf(out.bytes(), 4);
        PackedIn in = new PackedIn(bytes);
        in.oneByte();
        assertThatThrownBy(in::text).hasMessage("speaks of 3 parts and has 2 bytes left");
    }
}
