// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.promql;

import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.contract.promql.Dimension.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A metric's queries, and whether each is what its field needs: errors and total count requests of the look, a histogram is bucket
 * series, values are levels. A query that names neither {@code $track} nor {@code $window} nor rises is of another language, and
 * is left alone.
 */
public final class MetricQueries {
    private static final Pattern PROMQL =
            Pattern.compile("\\$track|\\$window|\\b(?:rate|increase|irate|histogram_quantile)\\s*\\(");

    private static final Pattern DASHBOARD =
            Pattern.compile("\\[\\s*\\$(?!window\\b|track\\b)(?:\\{\\w+(?::\\w+)?}|\\w+)(?=\\s*[]:])");

    private final Metric metric;
    private final List<QueryReading> readings = new ArrayList<>();

    private MetricQueries(Metric metric) {
        this.metric = metric;
    }

    /** Its queries that are not empty: errors, total, histogram, values. */
    public static List<QueryReading> of(Metric metric) {
        MetricQueries queries = new MetricQueries(metric);
        Metric.Query q = metric.query();
        queries.read("errors", q.errors());
        queries.read("total", q.total());
        queries.read("histogram", q.histogram());
        queries.read("values", q.values());
        queries.compare();
        return List.copyOf(queries.readings);
    }

    /** One of its queries; null where the field is empty. */
    public static QueryReading of(Metric metric, String field) {
        return of(metric).stream()
                .filter(r -> r.field().equals(field))
                .findFirst()
                .orElse(null);
    }

    private void read(String field, String text) {
        if (text.isBlank()) {
            return;
        }
        if (!PROMQL.matcher(text).find()) {
            readings.add(new QueryReading(field, text, null, List.of(), false, null));
            return;
        }
        QueryNode node = null;
        try {
            node = QueryParser.parse(text);
            Typed typed = QueryTypes.of(text, node);
            QueryFault fault = new FieldNeeds(metric, field, text, node, typed).fault();
            readings.add(new QueryReading(
                    field,
                    text,
                    typed.dimension(),
                    typed.terms() == null ? List.of() : typed.terms(),
                    typed.floor(),
                    weighed(field, fault)));
        } catch (QueryProblem e) {
            QueryFault fault = node == null
                    ? unread(field, text, e)
                    : new FieldNeeds(metric, field, text, node, null).refused(e.offset(), e.getMessage());
            readings.add(new QueryReading(field, text, null, List.of(), false, weighed(field, fault)));
        }
    }

    /** What a dashboard fills in as it is drawn, nobody fills in here: the look takes its place. */
    private static QueryFault unread(String field, String text, QueryProblem problem) {
        String ours = DASHBOARD.matcher(text).replaceAll("[\\$window");
        boolean dashboard = !ours.equals(text);
        try {
            if (dashboard) {
                QueryParser.parse(ours);
            }
        } catch (QueryProblem e) {
            dashboard = false;
        }
        return new QueryFault(
                problem.offset(),
                problem.getMessage(),
                dashboard ? Map.of(field, ours) : Map.of(),
                dashboard ? "" : "correct the query as PromQL has it",
                false);
    }

    /** A level is what the source answers, whatever that may be: to say so is enough. A count is made here. */
    private QueryFault weighed(String field, QueryFault fault) {
        boolean level = field.equals("values") && metric.kind() != Metric.Kind.COUNT;
        return fault != null && level ? fault.doubted() : fault;
    }

    /** Errors are among the total: both are of the same thing and the same time. */
    private void compare() {
        QueryReading errors = reading("errors");
        QueryReading total = reading("total");
        if (errors == null || total == null || errors.dimension() == null || total.dimension() == null) {
            return;
        }
        Dimension a = errors.dimension();
        Dimension b = total.dimension();
        if (isFaultless(errors) && isFaultless(total) && !a.shift().equals(b.shift())) {
            Map<String, String> change = new HashMap<>();
            change.put("errors", errors.text().replaceAll("\\s+offset\\s+-?\\w+", ""));
            change.put("total", total.text().replaceAll("\\s+offset\\s+-?\\w+", ""));
            readings.set(
                    readings.indexOf(errors),
                    errors.with(new QueryFault(
                            0,
                            "the errors are of another time (" + a.words() + ") than the total (" + b.words() + ")",
                            change,
                            "",
                            false)));
        }
    }

    private static boolean isFaultless(QueryReading reading) {
        return reading.fault() == null && reading.dimension().kind() != Kind.RULE;
    }

    private QueryReading reading(String field) {
        return readings.stream()
                .filter(r -> r.field().equals(field))
                .findFirst()
                .orElse(null);
    }
}
