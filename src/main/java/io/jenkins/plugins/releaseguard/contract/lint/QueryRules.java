// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.lint;

import static io.jenkins.plugins.releaseguard.contract.Severity.ERROR;
import static io.jenkins.plugins.releaseguard.contract.Severity.NOTE;

import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.contract.Position;
import io.jenkins.plugins.releaseguard.contract.promql.MetricQueries;
import io.jenkins.plugins.releaseguard.contract.promql.OutcomeFault;
import io.jenkins.plugins.releaseguard.contract.promql.QueryFault;
import io.jenkins.plugins.releaseguard.contract.promql.QueryReading;
import java.util.List;

/** What queries owe: that what they answer is what their metric takes it for. */
final class QueryRules {
    static final List<LintRule> RULES = List.of(
            new LintRule(
                    "RG-METRIC-DIMENSION",
                    ERROR,
                    Category.PERFORMANCE,
                    AntiPattern.SILENT_FAILURE,
                    "A query can be read as PromQL, and answers what its field is for: counts of the look, bucket series, levels",
                    QueryRules::dimension),
            new LintRule(
                    "RG-METRIC-OUTCOME",
                    ERROR,
                    Category.PERFORMANCE,
                    AntiPattern.SILENT_FAILURE,
                    "Errors count what failed, among a total of all; a share of what went well is worse when it is lower",
                    QueryRules::outcome),
            new LintRule(
                    "RG-METRIC-SIZE",
                    NOTE,
                    Category.PERFORMANCE,
                    AntiPattern.SILENT_FAILURE,
                    "Ratios and recording rules come beside counts: nobody knows of how many requests they are, so they promote nothing",
                    QueryRules::size));

    private QueryRules() {}

    private static void dimension(ContractFacts facts, LintFindings out) {
        for (Metric m : facts.contract().metrics()) {
            for (QueryReading reading : MetricQueries.of(m)) {
                if (reading.fault() != null) {
                    QueryFault fault = reading.fault();
                    out.add(
                            place(m, reading, fault.offset()),
                            m.id() + ", " + reading.field() + ", column " + (fault.offset() + 1) + ": "
                                    + fault.message(),
                            fault.fix());
                }
            }
        }
    }

    private static void outcome(ContractFacts facts, LintFindings out) {
        for (Metric m : facts.contract().metrics()) {
            OutcomeFault.Found found = OutcomeFault.of(m);
            if (found != null) {
                Position at = m.query().at().get(found.field());
                out.add(
                        at == null ? m.at() : at,
                        m.id() + ": " + found.fault().message(),
                        found.fault().fix());
            }
        }
    }

    /** The file's column where the query stands on one line. */
    private static Position place(Metric m, QueryReading reading, int offset) {
        Position at = m.query().at().get(reading.field());
        if (at == null) {
            return m.at();
        }
        return reading.text().indexOf('\n') >= 0 ? at : new Position(at.file(), at.line(), at.column() + offset);
    }

    private static void size(ContractFacts facts, LintFindings out) {
        for (Metric m : facts.contract().metrics()) {
            for (QueryReading reading : MetricQueries.of(m)) {
                if (m.kind() == Metric.Kind.GAUGE && reading.isOfUnknownSize()) {
                    out.add(
                            m.at(),
                            m.id() + " is a " + reading.dimension().kind().words()
                                    + ", so it can stop the release but promotes nothing by itself",
                            "watch the counts beside it: a metric of kind: rate with errors and total");
                }
            }
        }
    }
}
