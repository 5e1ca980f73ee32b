// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.carry;

import io.jenkins.plugins.releaseguard.contract.grammar.QueryText;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A query with the conditions that break on its number, as a metric and its triggers: a ratio of counters becomes a {@code rate} counted by
 * the look, a 99th percentile of buckets a {@code latency} with its histogram (whose trigger means p99), anything else a {@code gauge} that
 * its source evaluates as it stands.
 */
final class Measured {
    static final String SOURCE = "${METRIC_SOURCE}";
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final BigDecimal P99 = new BigDecimal("0.99");

    private final Draft draft;
    private final Given words;
    private final String name;
    private Duration sustained;
    private String unit = "";
    private boolean muted;
    private String because = "";

    /** @param words what remarks are about */
    Measured(Draft draft, Given words, String name) {
        this.draft = draft;
        this.words = words;
        this.name = name.isEmpty() ? "metric" : name;
    }

    /** How long the condition must last by the file's own words; null where they say nothing. */
    Measured sustained(Duration time) {
        sustained = time;
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

    /**
     * Puts it into the draft, or says why it is left.
     *
     * @param failing all the conditions; none is a metric that is judged alone
     */
    void add(String query, List<Failing> failing) {
        Tracks.Told told = draft.tracks().tell(new QueryText(query).withoutComments());
        if (told.query() == null) {
            draft.left(
                    words,
                    "it is no PromQL whose series could be told apart by version, names the old version's, or has ${…} where no label's value stands: ask for one version by "
                            + draft.label() + "=\"$track\", and compare with: > 1.5x baseline");
            return;
        }
        if (told.added()) {
            draft.changed(
                    words, "asked for each version by " + draft.label() + "=\"$track\": its series need that label");
        }
        PromShape shape = PromShape.of(told.query());
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("name", Placeholders.plain(name));
        String id =
                switch (shape.kind()) {
                    case RATIO -> failing.isEmpty() ? neither(told.query(), fields) : ratio(shape, fields, failing);
                    case QUANTILE -> quantile(shape, told.query(), fields, failing);
                    case OTHER -> gauge(told.query(), unit, fields, failing);
                };
        if (id == null) {
            draft.left(words, "a contract has 200 metrics at most");
        }
    }

    /** Nothing says whether what lies above the line is good or bad: as a rate's errors good ones would be harm, or harm none. */
    private String neither(String query, Map<String, String> fields) {
        fields.put("worse", "either");
        draft.changed(words, "no condition says whether a high or a low share is bad: it is judged in both directions");
        return gauge(query, "", fields, List.of());
    }

    private String ratio(PromShape shape, Map<String, String> fields, List<Failing> failing) {
        boolean low = !failing.isEmpty() && failing.get(0).below();
        // what lies above the line is what is good, where its share breaks when it is low
        boolean goods = low != shape.inverted();
        fields.put("kind", "rate");
        fields.put("source", SOURCE);
        fields.put("errors", goods ? shape.rest() : shape.first());
        fields.put("total", shape.second());
        String id = put(fields);
        for (Failing f : failing) {
            Failing percent = f.times(HUNDRED).dividedBy(shape.factor());
            Failing bads = f.below() ? percent.ofBads() : percent;
            if (f.below() != low
                    || bads == null
                    || bads.relation() == Failing.Relation.FIXED && outside(bads.bound())) {
                draft.left(words, "'" + f.sentence("", null) + "' is no share of failures that could be passed");
            } else {
                trigger(id, bads, "%", shape.window());
            }
        }
        if (low) {
            draft.changed(
                    words, "a share of good ones that is too low is watched as a share of bad ones that is too high");
        }
        return id;
    }

    private static boolean outside(BigDecimal percent) {
        return percent.signum() < 0 || percent.compareTo(HUNDRED) >= 0;
    }

    private String quantile(PromShape shape, String query, Map<String, String> fields, List<Failing> failing) {
        String named = timeUnit(shape.first(), shape.factor());
        // what the name of its buckets doesn't say, a source takes for seconds
        String time = named.isEmpty() ? unit : named;
        if (time.isEmpty()) {
            draft.changed(
                    words,
                    "nothing says that these buckets are seconds or milliseconds: the number is taken without a unit");
        }
        boolean high = failing.stream().allMatch(f -> !f.below());
        boolean p99 = shape.quantile().compareTo(P99) == 0 && !named.isEmpty() && high;
        if (!p99) {
            return gauge(query, time, fields, failing);
        }
        fields.put("kind", "latency");
        fields.put("unit", time);
        fields.put("source", SOURCE);
        fields.put("histogram", shape.first());
        failing.stream()
                .filter(f -> f.relation() == Failing.Relation.FIXED && f.bound().signum() > 0)
                .findFirst()
                .ifPresent(f -> fields.put("limit", Numbers.written(f.bound()) + time));
        String id = put(fields);
        failing.forEach(f -> trigger(id, f, time, shape.window()));
        return id;
    }

    /** What the number is in, by the name of its buckets and what it is multiplied with; empty where nothing tells. */
    private String timeUnit(String histogram, BigDecimal factor) {
        boolean thousand = factor.compareTo(BigDecimal.valueOf(1000)) == 0;
        boolean one = factor.compareTo(BigDecimal.ONE) == 0;
        if (histogram.contains("_seconds")) {
            return thousand ? "ms" : one ? "s" : "";
        }
        boolean millis =
                histogram.contains("_milliseconds") || histogram.contains("_ms_") || histogram.contains("_ms{");
        return millis && one ? "ms" : millis && factor.compareTo(new BigDecimal("0.001")) == 0 ? "s" : "";
    }

    private String gauge(String query, String in, Map<String, String> fields, List<Failing> failing) {
        fields.put("kind", "gauge");
        if (!in.isEmpty()) {
            fields.put("unit", in);
        }
        fields.put("source", SOURCE);
        boolean low = !failing.isEmpty() && failing.stream().allMatch(Failing::below);
        boolean high = failing.stream().noneMatch(Failing::below);
        if (low || !high) {
            fields.put("worse", low ? "lower" : "either");
        }
        fields.put("values", query);
        String id = put(fields);
        // it looks back by itself
        failing.forEach(f -> trigger(id, f, in, null));
        return id;
    }

    private String put(Map<String, String> fields) {
        if (muted) {
            fields.put("muted", "yes");
        }
        return draft.metric(name, fields);
    }

    /** What is counted look by look must last as long as the query looked back. */
    private Duration lasting(Duration window) {
        return sustained == null || window != null && window.compareTo(sustained) > 0 ? window : sustained;
    }

    private void trigger(String id, Failing failing, String in, Duration window) {
        if (id != null && !muted) {
            draft.trigger(
                    id, Placeholders.plain(because.isEmpty() ? name : because), failing.sentence(in, lasting(window)));
        }
    }
}
