// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.promql;

import io.jenkins.plugins.releaseguard.contract.promql.Dimension.Kind;
import io.jenkins.plugins.releaseguard.contract.promql.QueryNode.Aggregate;
import io.jenkins.plugins.releaseguard.contract.promql.QueryNode.Call;
import io.jenkins.plugins.releaseguard.contract.promql.QueryNode.Range;
import java.util.Set;

/** What a function makes of its arguments, as "Query functions" of Prometheus' documentation has it. */
final class FunctionTypes {
    private static final Set<String> SAME = Set.of(
            "label_replace",
            "label_join",
            "sort",
            "sort_desc",
            "sort_by_label",
            "sort_by_label_desc",
            "abs",
            "info",
            "scalar");
    private static final Set<String> TRUTHS = Set.of("absent", "absent_over_time", "present_over_time", "sgn");
    private static final Set<String> LEVELS_OVER_TIME = Set.of(
            "avg_over_time",
            "min_over_time",
            "max_over_time",
            "last_over_time",
            "first_over_time",
            "quantile_over_time",
            "stddev_over_time",
            "stdvar_over_time",
            "mad_over_time");
    private static final Set<String> CHANGES =
            Set.of("delta", "idelta", "deriv", "predict_linear", "holt_winters", "double_exponential_smoothing");
    private static final Set<String> NUMBERS = Set.of("time", "pi");
    private static final Set<String> PLAIN = Set.of(
            "exp",
            "ln",
            "log2",
            "log10",
            "sqrt",
            "sin",
            "cos",
            "tan",
            "asin",
            "acos",
            "atan",
            "sinh",
            "cosh",
            "tanh",
            "asinh",
            "acosh",
            "atanh",
            "deg",
            "rad",
            "minute",
            "hour",
            "day_of_week",
            "day_of_month",
            "day_of_year",
            "days_in_month",
            "month",
            "year",
            "count_over_time",
            "sum_over_time",
            "changes",
            "resets",
            "ts_of_max_over_time",
            "ts_of_min_over_time",
            "ts_of_last_over_time",
            "ts_of_first_over_time",
            "histogram_stddev",
            "histogram_stdvar");

    private final QueryTypes types;

    FunctionTypes(QueryTypes types) {
        this.types = types;
    }

    Typed type(Call call) throws QueryProblem {
        String f = call.function();
        if (NUMBERS.contains(f)) {
            return Typed.number(Double.NaN);
        }
        if (PLAIN.contains(f)) {
            for (QueryNode argument : call.arguments()) {
                under(argument);
            }
            return Typed.of(Kind.GAUGE, "");
        }
        if (TRUTHS.contains(f)) {
            under(argument(call, 0));
            return Typed.of(Kind.TRUTH, "");
        }
        if (SAME.contains(f)) {
            return types.type(argument(call, 0)).evaluated();
        }
        if (LEVELS_OVER_TIME.contains(f)) {
            return level(call, under(argument(call, f.equals("quantile_over_time") ? 1 : 0)));
        }
        if (CHANGES.contains(f)) {
            Typed of = under(argument(call, 0));
            if (of.kind() == Kind.COUNTER) {
                throw new QueryProblem(
                        call.at(),
                        f + " is for gauges: of a counter it takes a restart for a fall, which increase doesn't");
            }
            return Typed.of(Kind.GAUGE, "");
        }
        return switch (f) {
            case "rate", "increase", "irate" -> rise(call);
            case "vector" -> types.type(argument(call, 0));
            case "timestamp" -> Typed.of(Kind.GAUGE, "s");
            case "round", "ceil", "floor" -> rounded(call);
            case "clamp_min", "clamp_max", "clamp" -> clamped(call);
            case "histogram_quantile" -> quantile(call);
            case "histogram_fraction" -> {
                types.type(argument(call, 2));
                yield Typed.of(Kind.RATIO, "");
            }
            case "histogram_count", "histogram_sum", "histogram_avg" -> ofNative(call);
            default -> throw new QueryProblem(call.at(), f + " is no function of PromQL that is known here");
        };
    }

    private static QueryNode argument(Call call, int index) throws QueryProblem {
        QueryNode argument = call.argument(index);
        if (argument == null) {
            throw new QueryProblem(call.at(), call.function() + " lacks an argument");
        }
        return argument;
    }

    /** What a range is of, or the node itself. */
    private Typed under(QueryNode node) throws QueryProblem {
        return node.bare() instanceof Range range ? types.type(range.of()) : types.type(node);
    }

    private Typed rise(Call call) throws QueryProblem {
        String f = call.function();
        if (!(argument(call, 0).bare() instanceof Range range)) {
            throw new QueryProblem(call.at(), f + " takes a range such as [$window]");
        }
        return rise(f, range);
    }

    /** @param f rate, increase or irate */
    Typed rise(String f, Range range) throws QueryProblem {
        if (!range.shift().fixed().isEmpty()) {
            throw new QueryProblem(range.at(), "@ " + range.shift().fixed() + " asks for the same moment at each look");
        }
        Typed of = types.type(range.of());
        if (of.kind() == Kind.RULE) {
            throw new QueryProblem(
                    range.at(), f + " of a recording rule: what the rule records is not known to be a counter");
        }
        if (range.subquery() || range.of().bare() instanceof Aggregate) {
            throw new QueryProblem(
                    range.at(), f + " of a sum takes a process's restart for a rise: the sum goes around " + f);
        }
        if (of.kind() != Kind.COUNTER && of.kind() != Kind.NAME) {
            throw new QueryProblem(range.at(), f + " of a " + of.kind().words() + ", where only counters rise");
        }
        Dimension d = new Dimension(
                f.equals("increase") ? Kind.INCREASE : Kind.RATE,
                of.kind() == Kind.NAME && of.dimension().unit().isEmpty()
                        ? MetricName.EVENTS
                        : of.dimension().unit(),
                range.window(),
                f.equals("increase") ? 0 : 1,
                range.shift().offset(),
                of.dimension().buckets());
        Typed rise = of.with(d);
        if (f.equals("irate")) {
            return rise.spoiled("irate sees the last two scrapes and nothing of the rest");
        }
        return range.shift().isNone() ? rise : rise.evaluated();
    }

    private Typed rounded(Call call) throws QueryProblem {
        Typed of = types.type(argument(call, 0));
        boolean whole = of.kind() == Kind.INCREASE || of.kind() == Kind.COUNTER;
        boolean toOne = call.arguments().size() == 1;
        if (whole && toOne) {
            // counters rise by whole numbers
            return of;
        }
        return of.dimension().isCount() ? of.spoiled(call.function() + " cuts a count's fraction off") : of.evaluated();
    }

    private Typed clamped(Call call) throws QueryProblem {
        Typed of = types.type(argument(call, 0));
        Typed bound = types.type(argument(call, 1));
        if (!of.dimension().isCount()) {
            return of.evaluated();
        }
        boolean floor = call.function().equals("clamp_min") && bound.constant() == 0;
        return floor ? of.floored() : of.spoiled(call.function() + " cuts a count off");
    }

    private Typed level(Call call, Typed of) throws QueryProblem {
        if (of.kind() == Kind.COUNTER) {
            throw new QueryProblem(call.at(), call.function() + " of a counter speaks of all since each process began");
        }
        if (of.dimension().isCount()) {
            return of.spoiled(call.function() + " of rates that overlap is no count of the look");
        }
        return of.kind() == Kind.NAME ? Typed.of(Kind.GAUGE, of.dimension().unit()) : of.evaluated();
    }

    private Typed quantile(Call call) throws QueryProblem {
        Typed of = types.type(argument(call, 1));
        Dimension d = of.dimension();
        if (of.leLost()) {
            throw new QueryProblem(call.at(), "histogram_quantile needs each bucket: sum by (le)");
        }
        if (of.kind() == Kind.COUNTER) {
            throw new QueryProblem(
                    call.at(),
                    "histogram_quantile of buckets since each process began: put rate(…[$window]) around them");
        }
        boolean rising = of.kind() == Kind.INCREASE || of.kind() == Kind.RATE;
        if (!rising && of.kind() != Kind.RULE && of.kind() != Kind.NAME) {
            throw new QueryProblem(
                    call.at(),
                    "histogram_quantile takes buckets, not a " + of.kind().words());
        }
        String unit = d.unit().equals(MetricName.EVENTS) ? "" : d.unit();
        return Typed.of(of.kind() == Kind.RULE ? Kind.RULE : Kind.GAUGE, unit);
    }

    private Typed ofNative(Call call) throws QueryProblem {
        Typed of = types.type(argument(call, 0));
        Dimension d = of.dimension();
        if (call.function().equals("histogram_avg")) {
            return Typed.of(Kind.GAUGE, d.unit());
        }
        boolean count = call.function().equals("histogram_count");
        return of.with(d.withUnit(count ? MetricName.EVENTS : d.unit())).evaluated();
    }
}
