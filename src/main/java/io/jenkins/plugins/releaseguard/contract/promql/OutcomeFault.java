// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.promql;

import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.contract.Metric.Worse;
import java.util.Map;

/**
 * A metric that is watched the wrong way round: its errors count what went well, its total leaves out what failed, or a share of
 * successes is worse when it is higher. Such a metric is quiet however bad the release is.
 */
public final class OutcomeFault {
    private OutcomeFault() {}

    /**
     * The first fault of a metric, and the query's field.
     *
     * @param field errors, total or values
     */
    public record Found(String field, QueryFault fault) {}

    /** Null where nothing is the wrong way round, as far as names and labels tell. */
    public static Found of(Metric metric) {
        Metric.Query q = metric.query();
        if (metric.kind() == Metric.Kind.RATE) {
            return rate(metric, of(q.errors()), of(q.total()));
        }
        boolean shares = metric.kind() == Metric.Kind.GAUGE || metric.kind() == Metric.Kind.COUNT;
        return shares ? values(metric, of(q.values())) : null;
    }

    private static Found rate(Metric metric, CountedOutcome errors, CountedOutcome total) {
        String counted = metric.query().errors();
        String all = metric.query().total();
        if (errors == CountedOutcome.SUCCESSES && metric.worse() == Worse.HIGHER) {
            return total == CountedOutcome.SUCCESSES
                    ? null
                    : found(
                            "errors",
                            "errors counts what went well, and more of it is called worse",
                            Map.of("errors", "(" + all + ") - (" + counted + ")"));
        }
        if (errors == CountedOutcome.FAILURES && metric.worse() == Worse.LOWER) {
            return found(
                    "errors", "errors counts what failed, and less of it is called worse", Map.of("worse", "higher"));
        }
        if (errors == CountedOutcome.FAILURES && total == CountedOutcome.SUCCESSES) {
            return found(
                    "total",
                    "total counts only what went well, and errors are among the total",
                    Map.of("total", "(" + all + ") + (" + counted + ")"));
        }
        return null;
    }

    private static Found values(Metric metric, CountedOutcome values) {
        boolean good = values == CountedOutcome.SUCCESSES && metric.worse() == Worse.HIGHER;
        boolean bad = values == CountedOutcome.FAILURES && metric.worse() == Worse.LOWER;
        return good || bad
                ? found(
                        "values",
                        "values are of what " + (good ? "went well" : "failed") + ", and " + (good ? "more" : "less")
                                + " of it is called worse",
                        Map.of("worse", good ? "lower" : "higher"))
                : null;
    }

    private static Found found(String field, String message, Map<String, String> change) {
        return new Found(field, new QueryFault(0, message, change, "", false));
    }

    private static CountedOutcome of(String query) {
        try {
            return query.isBlank() ? CountedOutcome.UNKNOWN : CountedOutcome.of(QueryParser.parse(query));
        } catch (QueryProblem e) {
            return CountedOutcome.UNKNOWN;
        }
    }
}
