// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.carry;

import io.jenkins.plugins.releaseguard.contract.grammar.QueryText;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A query with the conditions that break on its number, as a metric and its triggers: a ratio of counters becomes a {@code rate} counted by
 * the look, a quantile of buckets a {@code latency} with its histogram whose trigger names the quantile, anything else a {@code gauge} that
 * its source evaluates as it stands.
 */
final class Measured {
    static final String SOURCE = "${METRIC_SOURCE}";
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    /** From this share on nearly all is above the line: nobody's share of errors. */
    private static final BigDecimal NEARLY_ALL = BigDecimal.valueOf(90);

    private final ContractDraft draft;
    private final Given words;
    private final String name;
    private ToolPace pace = ToolPace.ONCE;
    private ToolPace warnPace = ToolPace.ONCE;
    private List<List<Failing>> warning = List.of();
    private Duration within;
    private String unit = "";
    private String subject = "";
    private boolean muted;
    private boolean critical;
    private String because = "";

    /** @param words what remarks are about */
    Measured(ContractDraft draft, Given words, String name) {
        this.draft = draft;
        this.words = words;
        this.name = name.isEmpty() ? "metric" : name;
    }

    /** How often it is measured, and how often it must fail. */
    Measured pace(ToolPace often) {
        pace = often;
        return this;
    }

    /** What only holds the release: each of these alone. */
    Measured warns(List<List<Failing>> conditions, ToolPace often) {
        warning = conditions;
        warnPace = often;
        return this;
    }

    /** All of so long a time is one number. */
    Measured within(Duration time) {
        within = time;
        return this;
    }

    /** What a level's condition speaks of, such as {@code p95 of looks}. */
    Measured subject(String what) {
        subject = what;
        return this;
    }

    /** The unit that the file says its number has, where it says one: {@code ms}, {@code s}, {@code %}. */
    Measured unit(String written) {
        unit = written;
        return this;
    }

    /** The condition as it stands in the file. */
    Measured because(String condition) {
        because = condition;
        return this;
    }

    /** Watched, and stops nothing. */
    Measured muted(boolean is) {
        muted = is;
        return this;
    }

    /** Stops the release alone. */
    Measured critical(boolean is) {
        critical = is;
        return this;
    }

    /**
     * Puts it into the draft, or says why it is left.
     *
     * @param conditions each of them breaks, where all in it hold; none is a metric that is judged alone
     * @return the metric's id; null where it is left
     */
    String add(String query, List<List<Failing>> conditions) {
        Tracks.Told told = draft.tracks().tell(new QueryText(query).withoutComments());
        if (told.query() == null) {
            draft.left(
                    words,
                    "it is no PromQL whose series could be told apart by version, names the old version's, or has ${…} where no label's value stands: ask for one version by "
                            + draft.label() + "=\"$track\", and compare with: > 1.5x baseline");
            return null;
        }
        PromShape shape = PromShape.of(told.query());
        List<List<Failing>> breaks =
                shape.kind() == PromShape.Kind.RATIO ? possible(conditions, shape, true) : conditions;
        if (shape.kind() == PromShape.Kind.RATIO) {
            warning = possible(warning, shape, false);
        }
        List<Failing> every = Stream.concat(breaks.stream(), warning.stream())
                .flatMap(List::stream)
                .toList();
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("name", Placeholders.plain(name));
        Made made =
                switch (shape.kind()) {
                    case RATIO -> every.isEmpty() ? neither(told.query(), fields) : ratio(shape, fields, every);
                    case QUANTILE -> quantile(shape, fields, every);
                    case OTHER -> null;
                };
        if (made == null || MetricFields.fault(made.fields()) != null) {
            made = gauge(told.query(), shape, fields, every);
        }
        String fault = MetricFields.fault(made.fields());
        if (fault != null) {
            draft.left(words, fault);
            return null;
        }
        if (made.counted()) {
            otherwise(shape, told.query());
        }
        if (told.added()) {
            draft.changed(
                    words, "asked for each version by " + draft.label() + "=\"$track\": its series need that label");
        }
        return put(made, breaks);
    }

    /** Without what no share can be; that is told. */
    private List<List<Failing>> possible(List<List<Failing>> conditions, PromShape shape, boolean told) {
        List<List<Failing>> possible = new ArrayList<>();
        for (List<Failing> all : conditions) {
            boolean impossible = all.stream().anyMatch(f -> isImpossible(f, shape));
            if (impossible && told) {
                draft.left(words, "'" + all.get(0).words("") + "' is nothing that a share could pass");
            }
            if (!impossible) {
                possible.add(all);
            }
        }
        return possible;
    }

    private static boolean isImpossible(Failing failing, PromShape shape) {
        BigDecimal percent = failing.times(HUNDRED).dividedBy(shape.factor()).bound();
        boolean or = failing.sign().length() > 1;
        return failing.relation() == Failing.Relation.FIXED
                && (failing.above() && percent.compareTo(HUNDRED) >= (or ? 1 : 0)
                        || failing.below() && percent.signum() <= (or ? -1 : 0));
    }

    /** How a condition on the query's number is one on the metric's. */
    private interface Turn {
        Breach of(Failing failing);
    }

    private record Made(Map<String, String> fields, Turn turn) {
        boolean counted() {
            return !fields.get("kind").equals("gauge");
        }
    }

    /** What counting says otherwise than the query. */
    private void otherwise(PromShape shape, String query) {
        if (shape.instant()) {
            draft.changed(
                    words,
                    "irate looks at the last two scrapes alone; here all of a look counts, in which a shorter burst weighs less");
        }
        if (query.contains("clamp_min")) {
            draft.changed(
                    words,
                    "clamp_min in what it is divided by is not carried over: a share is of the requests that there are, and none is no data");
        }
        if (!PromShape.said(query).equals(query)) {
            draft.changed(
                    words,
                    "what it says of silence is not needed: silence is never green, and ends a release after noData");
        }
    }

    /** Nothing says whether what lies above the line is good or bad: as a rate's errors good ones would be harm, or harm none. */
    private Made neither(String query, Map<String, String> names) {
        Map<String, String> fields = new LinkedHashMap<>(names);
        fields.put("kind", "gauge");
        fields.put("source", SOURCE);
        fields.put("worse", "either");
        fields.put("values", query);
        draft.changed(words, "no condition says whether a high or a low share is bad: it is judged in both directions");
        return new Made(fields, f -> null);
    }

    /** Null where the conditions are none of a share of failures, or of successes. */
    private Made ratio(PromShape shape, Map<String, String> names, List<Failing> every) {
        boolean low = every.get(0).below();
        if (!every.stream().allMatch(f -> isShare(f, low, shape))) {
            return null;
        }
        // what lies above the line is what is good, where its share breaks when it is low
        boolean goods = low != shape.inverted();
        Map<String, String> fields = new LinkedHashMap<>(names);
        fields.put("kind", "rate");
        fields.put("source", SOURCE);
        fields.put("errors", goods ? shape.rest() : shape.first());
        fields.put("total", shape.second());
        Duration window = within == null ? shape.window() : within;
        return new Made(fields, f -> {
            Failing percent = f.times(HUNDRED).dividedBy(shape.factor());
            boolean success = low && f.relation() == Failing.Relation.FIXED;
            Failing said = low && !success ? percent.ofBads() : percent;
            return new Breach(success ? "success" : "", said, "%", true, shape.instant() ? null : window);
        });
    }

    private static boolean isShare(Failing failing, boolean low, PromShape shape) {
        if (failing.below() != low || failing.above() == low) {
            return false;
        }
        BigDecimal percent = failing.times(HUNDRED).dividedBy(shape.factor()).bound();
        return switch (failing.relation()) {
            case FIXED ->
                percent.signum() >= 0
                        && percent.compareTo(low ? HUNDRED : NEARLY_ALL) < (low ? 1 : 0)
                        && !(low && percent.signum() == 0);
            case PLUS_BASELINE -> true;
            case TIMES_BASELINE -> !low;
        };
    }

    private Made quantile(PromShape shape, Map<String, String> names, List<Failing> every) {
        PromUnit told = PromUnit.of(shape, unit);
        if (told == null || !every.stream().allMatch(Failing::above)) {
            return null;
        }
        Map<String, String> fields = new LinkedHashMap<>(names);
        fields.put("kind", "latency");
        fields.put("unit", told.unit());
        fields.put("source", SOURCE);
        fields.put("histogram", shape.first());
        if (!told.buckets().isEmpty()) {
            fields.put("bucketUnit", told.buckets());
        }
        every.stream()
                .filter(f -> f.relation() == Failing.Relation.FIXED && f.bound().signum() > 0)
                .findFirst()
                .ifPresent(f -> fields.put("limit", Numbers.written(f.bound()) + told.unit()));
        String which = "p" + Numbers.written(shape.quantile().movePointRight(2));
        Duration window = within == null ? shape.window() : within;
        return new Made(fields, f -> new Breach(which, f, told.unit(), true, shape.instant() ? null : window));
    }

    private Made gauge(String query, PromShape shape, Map<String, String> names, List<Failing> every) {
        PromUnit told = shape.kind() == PromShape.Kind.QUANTILE ? PromUnit.of(shape, unit) : null;
        String in = told == null ? unit : told.unit();
        if (shape.kind() == PromShape.Kind.QUANTILE && in.isEmpty()) {
            draft.changed(
                    words,
                    "nothing says that these buckets are seconds or milliseconds: the number is taken without a unit; kind: latency with bucketUnit: says it");
        }
        Map<String, String> fields = new LinkedHashMap<>(names);
        fields.put("kind", "gauge");
        if (!in.isEmpty()) {
            fields.put("unit", in);
        }
        fields.put("source", SOURCE);
        boolean low = !every.isEmpty() && every.stream().allMatch(Failing::below);
        boolean high = every.stream().allMatch(Failing::above);
        if (low || !high) {
            fields.put("worse", low ? "lower" : "either");
        }
        fields.put("values", query);
        return new Made(fields, f -> new Breach(subject, f, in, false, within));
    }

    private String put(Made made, List<List<Failing>> breaks) {
        Map<String, String> fields = made.fields();
        if (critical && !muted) {
            fields.put("critical", "yes");
        }
        if (muted) {
            fields.put("muted", "yes");
        }
        String id = draft.metric(name, fields);
        if (id == null) {
            draft.left(words, "a contract has 200 metrics at most");
            return null;
        }
        if (muted) {
            return id;
        }
        List<Breach> warns = new ArrayList<>();
        for (List<Failing> all : warning) {
            if (all.size() == 1) {
                warns.add(made.turn().of(all.get(0)));
            } else {
                draft.left(words, "a warning by two conditions together is left: warn: joins them by or");
            }
        }
        // failures by any of them count together there: of so many, one has that share at least
        int needed = breaks.isEmpty() ? 1 : (pace.needed() + breaks.size() - 1) / breaks.size();
        if (needed < pace.needed()) {
            draft.changed(
                    words,
                    "failures by either condition count together there; here " + needed + " of the " + pace.needed()
                            + " by one of them are enough");
        }
        for (List<Failing> all : breaks) {
            draft.trigger(new DraftTrigger(
                    id,
                    Placeholders.plain(because.isEmpty() ? name : because),
                    all.stream().map(made.turn()::of).toList(),
                    new ToolPace(pace.every(), needed, pace.of()),
                    all == breaks.get(0) ? warns : List.of(),
                    warnPace,
                    "",
                    words,
                    draft.file()));
        }
        return id;
    }
}
