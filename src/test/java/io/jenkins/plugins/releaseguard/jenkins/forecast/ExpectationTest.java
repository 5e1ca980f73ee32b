// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.catalog.Catalog;
import io.jenkins.plugins.releaseguard.contract.Contract;
import io.jenkins.plugins.releaseguard.contract.read.Variables;
import io.jenkins.plugins.releaseguard.forecast.past.JournalPast;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.ReleaseOutcome;
import io.jenkins.plugins.releaseguard.journal.Stamped;
import io.jenkins.plugins.releaseguard.rollout.Fold;
import io.jenkins.plugins.releaseguard.rollout.State;
import io.jenkins.plugins.releaseguard.testing.JournalFixture;
import io.jenkins.plugins.releaseguard.testing.OrdinaryService;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the journals of a job's last builds let expect, whatever its contract. */
class ExpectationTest {
    private static final Pattern RUNS =
            Pattern.compile("a forecast of (\\d+) simulated releases from journals of 1 rel");

    @TempDir
    Path folder;

    private static Contract contract(int metrics) throws Exception {
        return contract(metrics, "canary");
    }

    private static Contract contract(int metrics, String strategy) throws Exception {
        String list = IntStream.range(0, metrics)
                .mapToObj(i -> "  - {id: M" + i + ", kind: rate, source: prometheus," + " errors: 'e" + i
                        + "{track=\"$track\"}', total: 'r{track=\"$track\"}'}\n")
                .collect(Collectors.joining());
        // also strategies that only releases of older versions have
        return Catalog.STANDARD
                .reader()
                .withKindsGone()
                .parse("""
                        apiVersion: release-guard/v1
                        release: {service: shop, version: "1"}
                        metrics:
                        %srollout: {strategy: %s, phases: [1, 5, 25, 50, 100], bake: 15m, maxBake: 2h, interval: 10s, undecided: hold}
                        """.formatted(list, strategy), "release.yaml", Variables.none());
    }

    private List<Path> past(int metrics, int looks) throws Exception {
        OrdinaryService service = new OrdinaryService(1, 200, 0.01, 1, 1);
        List<Event> events = new ArrayList<>(List.of(
                new Event.Opened(
                        "shop",
                        "1",
                        "",
                        "",
                        "",
                        "",
                        "release.yaml",
                        "",
                        Map.of(),
                        "",
                        "",
                        Map.of(),
                        60,
                        false,
                        List.of(),
                        null,
                        null),
                new Event.PhaseStarted(0, "25%", 25, ""),
                new Event.BakeStarted(0)));
        for (int i = 0; i < looks; i++) {
            Event.Looked look = service.look(0, 0.25, 10, 10 * i);
            Event.Sample s = look.samples().get(0);
            events.add(new Event.Looked(
                    0,
                    look.from(),
                    look.to(),
                    IntStream.range(0, metrics)
                            .mapToObj(m -> Event.Sample.rate(
                                    "M" + m, s.canaryErrors(), s.canaryTotal(), s.baselineErrors(), s.baselineTotal()))
                            .toList(),
                    null));
        }
        events.add(new Event.Ended(ReleaseOutcome.PROMOTED, true, ""));
        Path file = folder.resolve("journal-" + metrics + "-" + looks + ".jsonl");
        JournalFixture.write(file, events);
        return List.of(file);
    }

    /** Of ten metrics and a long bake fewer releases are simulated, so that it costs no more; they get a forecast all the same. */
    @Test
    void tenMetricsHaveAForecastOfFewerReleases() throws Exception {
        assertThat(runs(1)).isEqualTo(40);
        assertThat(runs(10)).isBetween(5, 39);
    }

    private int runs(int metrics) throws Exception {
        String text = Expectation.of(past(metrics, 30), contract(metrics), "", () -> true)
                .orElseThrow()
                .text();
        Matcher said = RUNS.matcher(text);
        assertThat(said.find()).as(text).isTrue();
        return Integer.parseInt(said.group(1));
    }

    @Test
    void nothingIsSaidWhereThePastTellsNothingOrNobodyAsks() throws Exception {
        assertThat(Expectation.of(List.of(), contract(1), "", () -> true)).isEmpty();
        assertThat(Expectation.of(past(1, 19), contract(1), "", () -> true))
                .as("fewer than 20 looks")
                .isEmpty();
        assertThat(Expectation.of(past(1, 30), contract(1), "", () -> false))
                .as("the release has ended, or the controller goes down")
                .isEmpty();
        assertThat(JournalPast.of(past(1, 30), "shop", () -> false).looks())
                .as("nor is anything read then")
                .isEmpty();
    }

    /** What goes out all at once has no phases: a canary's schedule is not its own. */
    @ParameterizedTest
    @ValueSource(strings = {"blue-green", "rolling"})
    void whatCannotRunInPhasesHasNoForecast(String strategy) throws Exception {
        assertThat(Expectation.of(past(1, 30), contract(1, strategy), "", () -> true))
                .isEmpty();
    }

    /** The body of an autoRollback may deploy for hours without a phase: what is left is told from the first phase. */
    @Test
    void nothingIsLeftToTellWhileABodyDecides() throws Exception {
        Expected expected =
                Expectation.of(past(1, 30), contract(1), "", () -> true).orElseThrow();
        Instant at = Instant.EPOCH;
        State armed = Fold.apply(expected.plan(), State.NEW, new Stamped(1, at, at, new Event.Armed(Map.of())));
        State begun =
                Fold.apply(expected.plan(), armed, new Stamped(2, at, at, new Event.PhaseStarted(0, "1%", 1, "")));

        assertThat(expected.remaining(armed, true)).isEmpty();
        assertThat(expected.remaining(begun, true)).contains("left");
        assertThat(expected.remaining(armed, false)).contains("left");
    }
}
