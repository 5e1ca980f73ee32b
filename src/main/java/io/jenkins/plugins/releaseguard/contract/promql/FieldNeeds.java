// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.promql;

import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.contract.promql.Dimension.Kind;
import java.util.Map;

/** Holds one query to what its field is for. */
final class FieldNeeds {
    private final Metric metric;
    private final String field;
    private final String text;
    private final QueryNode node;
    private final Typed typed;
    private final QueryFixes fixes;

    /** @param typed null where its parts don't go together */
    FieldNeeds(Metric metric, String field, String text, QueryNode node, Typed typed) {
        this.metric = metric;
        this.field = field;
        this.text = text;
        this.node = node;
        this.typed = typed;
        this.fixes = new QueryFixes(text);
    }

    /** What is wrong, with the query that would do; null for nothing. */
    QueryFault fault() {
        return switch (field) {
            case "histogram" -> histogram();
            case "values" -> metric.kind() == Metric.Kind.COUNT ? count() : values();
            default -> count();
        };
    }

    /** The same for a query whose parts don't go together. */
    QueryFault refused(int offset, String message) {
        return switch (field) {
            case "histogram" -> notBuckets(offset, message);
            case "values" -> metric.kind() == Metric.Kind.COUNT ? noCount(offset, message) : noLevel(offset, message);
            default -> noCount(offset, message);
        };
    }

    private QueryFault count() {
        Dimension d = typed.dimension();
        String what = field + " counts " + (metric.kind() == Metric.Kind.RATE ? "requests" : "things")
                + " of the look, and this is ";
        boolean name = d.kind() == Kind.NAME;
        if (!d.isCount() && !name) {
            return noCount(0, what + "a " + d.kind().words());
        }
        if (typed.leLost() || d.buckets()) {
            return noCount(0, "a histogram's buckets hold one request several times");
        }
        if (!d.unit().isEmpty() && !d.unit().equals(MetricName.EVENTS) && metric.kind() == Metric.Kind.RATE) {
            return noCount(0, what + "an amount in " + d.unit());
        }
        if (typed.spoiled() != null) {
            return noCount(0, typed.spoiled());
        }
        if (!d.isUsualRate()) {
            return noCount(0, what + d.words() + ", which nobody counts by");
        }
        if (typed.terms() == null && !d.isOverTheLook()) {
            return noCount(0, what + d.words());
        }
        if (typed.terms() != null && typed.terms().stream().allMatch(t -> t.sign() < 0)) {
            return noCount(0, "a count below nothing");
        }
        return name
                ? noCount(0, "whether " + MetricShown.shorten(text) + " is a counter its name doesn't tell")
                        .doubted()
                : null;
    }

    private Map<String, String> change(String query) {
        return query == null ? Map.of() : Map.of(field, query);
    }

    private QueryFault noCount(int offset, String message) {
        String count = fixes.count(node);
        if (count != null) {
            return new QueryFault(offset, message, change(count), "", false);
        }
        boolean rate = metric.kind() == Metric.Kind.RATE;
        boolean level =
                typed != null && typed.kind() != Kind.COUNTER && typed.kind() != Kind.NUMBER && typed.spoiled() == null;
        if (level && rate) {
            String both =
                    "(" + metric.query().errors() + ") / (" + metric.query().total() + ")";
            String ratio = typed.kind() == Kind.RATIO || !isLevel(both) ? text : both;
            return new QueryFault(
                    offset,
                    message,
                    Map.of("kind", "gauge", "values", ratio, "errors", "", "total", ""),
                    "such a number can stop a release, and alone promotes none",
                    false);
        }
        return new QueryFault(
                offset,
                message,
                level ? Map.of("kind", "gauge") : Map.of(),
                level ? "" : "query a counter: sum(increase(requests_total{track=\"$track\"}[$window]))",
                false);
    }

    private QueryFault values() {
        Dimension d = typed.dimension();
        if (node.bare() instanceof QueryNode.Range) {
            return noLevel(0, "a range stands without a function, so the answer is raw scrapes and no number");
        }
        if (d.kind() == Kind.NUMBER) {
            return noLevel(0, "a number says nothing of the release");
        }
        if (d.kind() == Kind.COUNTER) {
            return noLevel(0, "a counter only rises, and speaks of all since each process began");
        }
        if (typed.leLost() || d.buckets()) {
            return noLevel(0, "a histogram's buckets hold one request several times");
        }
        if (typed.spoiled() != null && typed.spoiled().startsWith("the comparison")) {
            String without = fixes.withoutComparison(node);
            return without == null
                    ? new QueryFault(
                            0,
                            typed.spoiled(),
                            Map.of(),
                            "take the comparison out: a threshold stands in the Rollback entry",
                            false)
                    : new QueryFault(
                            0,
                            typed.spoiled(),
                            change(without),
                            "the limit stands in a Rollback entry's threshold",
                            false);
        }
        return metric.kind() == Metric.Kind.LATENCY ? latency(d) : null;
    }

    private QueryFault latency(Dimension d) {
        if (d.isCount() && !isTime(d.unit()) || d.kind() == Kind.RATIO || d.kind() == Kind.TRUTH) {
            return new QueryFault(
                    0,
                    "values of a latency are times, and this is "
                            + (d.isCount() ? d.words() : "a " + d.kind().words()),
                    Double.isNaN(metric.query().limit())
                            ? Map.of("kind", "gauge")
                            : Map.of("kind", "gauge", "limit", ""),
                    "",
                    false);
        }
        double own = MetricName.seconds(d.unit());
        double declared = MetricName.seconds(metric.unit());
        return !Double.isNaN(own) && !Double.isNaN(declared) && own != declared
                ? new QueryFault(
                        0,
                        "the answer is in " + d.unit() + ", and the metric's unit is " + metric.unit(),
                        Map.of(field, "(" + text + ") * " + MetricShown.number(own / declared)),
                        "",
                        false)
                : null;
    }

    private static boolean isLevel(String query) {
        try {
            return QueryTypes.of(query, QueryParser.parse(query)).spoiled() == null;
        } catch (QueryProblem e) {
            return false;
        }
    }

    private static boolean isTime(String unit) {
        return !Double.isNaN(MetricName.seconds(unit));
    }

    private QueryFault noLevel(int offset, String message) {
        String count = fixes.count(node);
        String rate = count == null ? null : count.replace("increase(", "rate(");
        boolean latency = metric.kind() == Metric.Kind.LATENCY;
        String buckets = fixes.buckets(node);
        if (latency && buckets != null) {
            return new QueryFault(offset, message, Map.of("histogram", buckets, "values", ""), "", false);
        }
        return latency || rate == null
                ? new QueryFault(
                        offset,
                        message,
                        Map.of(),
                        "query a level of each variant, such as avg(queue_length{track=\"$track\"})",
                        false)
                : new QueryFault(offset, message, change(rate), "", false);
    }

    private QueryFault histogram() {
        Dimension d = typed.dimension();
        boolean mayBeNative = d.kind() == Kind.NAME
                || d.kind() == Kind.INCREASE && !d.unit().isEmpty() && !d.buckets() && !typed.leLost();
        if (typed.leLost() && typed.terms() != null || mayBeNative) {
            return null;
        }
        if (!d.buckets() || typed.spoiled() != null) {
            return notBuckets(
                    0,
                    typed.spoiled() != null
                            ? typed.spoiled()
                            : "a histogram is bucket series, and this is " + article(d));
        }
        if (typed.terms() == null && !d.isOverTheLook()) {
            return notBuckets(0, "a histogram counts the look's requests, and this is " + d.words());
        }
        return typed.terms() != null && typed.terms().stream().anyMatch(t -> t.sign() < 0)
                ? notBuckets(0, "a histogram less another is none")
                : null;
    }

    private static String article(Dimension d) {
        return d.isCount() ? d.words() : "a " + d.kind().words();
    }

    private QueryFault notBuckets(int offset, String message) {
        String buckets = fixes.buckets(node);
        return new QueryFault(
                offset,
                message,
                change(buckets),
                buckets == null ? "name the series that ends in _bucket: latency_seconds_bucket{track=\"$track\"}" : "",
                false);
    }
}
