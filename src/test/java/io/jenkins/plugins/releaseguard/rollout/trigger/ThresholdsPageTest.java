// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.catalog.Catalog;
import io.jenkins.plugins.releaseguard.contract.Contract;
import io.jenkins.plugins.releaseguard.contract.ContractException;
import io.jenkins.plugins.releaseguard.contract.Problem;
import io.jenkins.plugins.releaseguard.contract.read.Variables;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.rollout.PlanOptions;
import io.jenkins.plugins.releaseguard.rollout.Plans;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every sentence of docs/thresholds.md: linted, and judged at the looks that stand beside it. */
class ThresholdsPageTest {
    private static final Path PAGE = Path.of("docs/thresholds.md");
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final double REQUESTS = 1000;
    private static final List<Double> BOUNDS = List.of(50.0, 90.0, 100.0, 200.0, 400.0, 450.0, 1000.0);
    private static final List<String> RULES = List.of("RG-THRESHOLD", "RG-TRIGGER-", "RG-CHECK-");
    private static final String CONTRACT = """
            apiVersion: release-guard/v1
            release: {service: s, version: 1, owner: t}
            metrics:
              - {id: MON-001, name: error rate, kind: rate, source: p, errors: 'e{track="$track"}[$window]', total: 't{track="$track"}[$window]', objective: {target: 99%, period: 30d}}
              - {id: MON-002, name: latency, kind: latency, source: p, histogram: 'h_bucket{track="$track"}', unit: ms, limit: 500ms}
              - {id: MON-003, name: queue, kind: gauge, source: p, values: 'q{track="$track"}'}
              - {id: MON-004, name: restarts, kind: count, source: p, values: 'r{track="$track"}[$window]'}
            rollout: {router: r, interval: 1m, bake: 1h, phases: [5, 50, 100]}
            entries:
            """;

    /** The cells of each row of a table that has {@code columns}, with the name of the section that it stands in. */
    private static List<List<String>> rows(String... columns) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        String section = "";
        boolean inside = false;
        for (String line : Files.readAllLines(PAGE)) {
            section = line.startsWith("## ") ? line.substring(3) : section;
            if (!line.startsWith("|")) {
                inside = false;
                continue;
            }
            List<String> cells = new ArrayList<>(
                    Arrays.stream(line.substring(1, line.length() - 1).split("\\|"))
                            .map(cell -> cell.strip().replace("`", ""))
                            .toList());
            if (cells.equals(List.of(columns))) {
                inside = true;
            } else if (inside && !cells.get(0).startsWith("-")) {
                cells.add(section);
                rows.add(cells);
            }
        }
        return rows;
    }

    /** Metric, threshold, looks that break it, looks that don't. */
    static Stream<List<String>> sentences() throws IOException {
        List<List<String>> all = new ArrayList<>();
        for (List<String> row : rows("written", "means", "breaks at looks of", "not at")) {
            String metric = row.get(4).equals("Durations") ? "MON-002" : "MON-001";
            all.add(List.of(metric, row.get(0), row.get(2), row.get(3)));
        }
        for (List<String> row : rows("written", "of", "means", "breaks at looks of", "not at")) {
            all.add(List.of(row.get(1), row.get(0), row.get(3), row.get(4)));
        }
        return all.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("sentences")
    void meansWhatThePageSays(List<String> row) throws ContractException {
        String contract = rollback(row.get(0), row.get(1));

        assertThat(problems(contract))
                .filteredOn(p -> !p.rule().equals("RG-TRIGGER-SUSTAINED"))
                .isEmpty();
        assertThat(breaks(contract, row.get(0), row.get(2))).as(row.get(2)).isTrue();
        assertThat(breaks(contract, row.get(0), row.get(3))).as(row.get(3)).isFalse();
    }

    static Stream<List<String>> refused() throws IOException {
        return rows("written", "of", "proposed").stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void whatIsRefusedIsProposedOtherwise(List<String> row) {
        assertThat(problems(rollback(row.get(1), row.get(0))))
                .filteredOn(Problem::isError)
                .anySatisfy(p -> assertThat(p.fix()).contains("\"" + row.get(2) + "\""));
        assertThat(problems(rollback(row.get(1), row.get(2))))
                .filteredOn(Problem::isError)
                .isEmpty();
    }

    static Stream<List<String>> limits() throws IOException {
        return rows("limit", "of", "means").stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("limits")
    void limitsOfChecksAreAccepted(List<String> row) {
        String entry =
                "  - {id: DEP-001, type: Criteria, owner: o, requirement: r, verify: {metric: {metric: %s, limit: '%s'}}}\n";

        assertThat(problems(CONTRACT + entry.formatted(row.get(1), row.get(0)))).isEmpty();
    }

    @Test
    void theExampleAndTheSigmaAreAccepted() throws Exception {
        String page = Files.readString(PAGE);
        String example = page.substring(page.indexOf("```yaml\n") + 8);
        example = example.substring(0, example.indexOf("```")).indent(2);

        assertThat(problems(CONTRACT + example)).isEmpty();
        assertThat(page).contains("`> 3 sigma above baseline for 5m`");
        assertThat(problems(rollback("MON-003", "> 3 sigma above baseline for 5m")))
                .isEmpty();
    }

    /** Nothing of the page is left out by a table that was written otherwise. */
    @Test
    void allTablesAreRead() throws IOException {
        long rows = Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("| `"))
                .count();

        assertThat(sentences().count() + refused().count() + limits().count()).isEqualTo(rows);
        assertThat(sentences().count()).isGreaterThanOrEqualTo(40);
    }

    private static String rollback(String metric, String threshold) {
        return CONTRACT
                + "  - {id: DEP-902, type: Rollback, owner: o, metric: %s, threshold: '%s', procedure: [{traffic: 0}]}\n"
                        .formatted(metric, threshold);
    }

    private static List<Problem> problems(String yaml) {
        try {
            return Catalog.STANDARD
                    .lint(Catalog.STANDARD.reader().parse(yaml, "release.yaml", Variables.none()))
                    .stream()
                    .filter(p -> RULES.stream().anyMatch(p.rule()::startsWith))
                    .toList();
        } catch (ContractException e) {
            return e.problems();
        }
    }

    private static boolean breaks(String yaml, String metric, String looks) throws ContractException {
        Contract contract = Catalog.STANDARD.reader().parse(yaml, "release.yaml", Variables.none());
        Trigger trigger =
                Plans.of(contract, "production", PlanOptions.ALONE).triggers().get(0);
        TriggerState state = TriggerState.QUIET;
        Instant from = START;
        for (String look : each(looks)) {
            String[] both = look.split("/");
            Event.Sample own = sample(metric, Double.parseDouble(both[0]));
            Map<String, Event.Sample> samples = both.length == 1
                    ? Map.of(metric, own)
                    : Map.of(metric, own, "MON-002", sample("MON-002", Double.parseDouble(both[1])));
            Event.Looked looked = new Event.Looked(1, from, from.plus(MINUTE), List.copyOf(samples.values()), null);
            state = JointWatch.next(trigger, state, samples, s -> true, Captured.NOTHING, looked, MINUTE);
            from = from.plus(MINUTE);
        }
        return state.complete() != null;
    }

    /** {@code 3 0 3}, or {@code 9×30} for thirty of one kind. */
    private static List<String> each(String looks) {
        return Arrays.stream(looks.split(" "))
                .flatMap(look -> look.contains("×")
                        ? Collections.nCopies(Integer.parseInt(look.split("×")[1]), look.split("×")[0]).stream()
                        : Stream.of(look))
                .toList();
    }

    private static Event.Sample sample(String metric, double look) {
        return switch (metric) {
            case "MON-001" -> Event.Sample.rate(metric, look / 100 * REQUESTS, REQUESTS, REQUESTS / 100, REQUESTS);
            case "MON-002" ->
                new Event.Sample(
                        metric,
                        null,
                        REQUESTS,
                        null,
                        REQUESTS,
                        null,
                        null,
                        null,
                        null,
                        BOUNDS,
                        slow(look),
                        slow(1),
                        null);
            case "MON-003" ->
                new Event.Sample(metric, null, null, null, null, List.of(look), List.of(10.0), null, null, null);
            default -> new Event.Sample(metric, look, null, 2.0, null, null, null, null, null, null);
        };
    }

    /** Of 90 ms and, so many in a hundred, of 450. */
    private static List<Double> slow(double percent) {
        double slow = percent / 100 * REQUESTS;
        return List.of(0.0, REQUESTS - slow, 0.0, 0.0, 0.0, slow, 0.0, 0.0);
    }
}
