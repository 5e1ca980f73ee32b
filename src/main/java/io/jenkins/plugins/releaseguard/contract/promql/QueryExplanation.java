// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.promql;

import io.jenkins.plugins.releaseguard.contract.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Of what each of a metric's queries is, and what the source is asked for it, in a line each. */
public final class QueryExplanation {
    private QueryExplanation() {}

    public static List<String> of(Metric metric) {
        return parts(metric).stream()
                .map(part -> part.field() + ": " + part.is() + "; " + part.asked())
                .toList();
    }

    /**
     * The same for programs.
     *
     * @param field that has the query
     * @param state known, doubt (it is read, and may be wrong), refused, or unknown (no PromQL that is known here)
     * @param is of what the query is and in which unit, or what is wrong with it
     * @param asked what the source is asked
     */
    public record Part(String field, String query, String state, String is, String asked) {}

    public static List<Part> parts(Metric metric) {
        List<Part> parts = new ArrayList<>();
        for (QueryReading query : MetricQueries.of(metric)) {
            parts.add(new Part(query.field(), query.text(), state(query), kind(metric, query), asked(metric, query)));
        }
        return parts;
    }

    private static String state(QueryReading query) {
        if (query.fault() != null) {
            return query.fault().doubt() ? "doubt" : "refused";
        }
        return query.dimension() == null ? "unknown" : "known";
    }

    private static String kind(Metric metric, QueryReading query) {
        if (query.fault() != null) {
            return (query.fault().doubt() ? "in doubt, " : "refused, ")
                    + query.fault().message();
        }
        if (query.dimension() == null) {
            return "no PromQL that is known here";
        }
        return query.dimension().words() + unit(metric, query);
    }

    private static String unit(Metric metric, QueryReading query) {
        String named = query.dimension().unit();
        String declared = metric.query().bucketUnit();
        if (query.field().equals("histogram") && !declared.isEmpty()) {
            return " in " + declared + " (bucketUnit)";
        }
        if (!named.isEmpty()) {
            return named.equals(MetricName.EVENTS) ? " of events" : " in " + named + " (by its name)";
        }
        return metric.unit().isEmpty() ? "" : " in " + metric.unit() + " (the metric's unit)";
    }

    private static String asked(Metric metric, QueryReading query) {
        if (query.fault() != null && !query.fault().doubt()) {
            return "nothing is asked";
        }
        boolean level = query.field().equals("values") && metric.kind() != Metric.Kind.COUNT;
        if (!query.isRaw()
                || level && !query.terms().get(0).selector().equals(query.text().strip())) {
            return "asked is the query itself, at each look's end, of either variant";
        }
        return "asked are the look's scrapes of "
                + query.terms().stream().map(Term::selector).distinct().collect(Collectors.joining(", "))
                + ", of either variant";
    }

    /** A metric's name and kind, for the line above. */
    public static String head(Metric metric) {
        return metric.id() + (metric.name().isEmpty() ? "" : ", " + metric.name()) + ": "
                + metric.kind().name().toLowerCase(Locale.ROOT) + " from " + metric.source();
    }
}
