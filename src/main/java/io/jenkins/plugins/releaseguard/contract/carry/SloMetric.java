// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.carry;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A service level objective: a share of events that must be good over a time, as a metric of kind {@code rate} with its
 * {@code objective}, and the burn of its budget that is too fast as triggers.
 *
 * @param words what remarks are about
 * @param percent that must be good; null where the file doesn't say
 * @param period null where the file doesn't say: 30 days
 */
record SloMetric(ContractDraft draft, Given words, String name, BigDecimal percent, Duration period) {
    /** A burn over a long and a short window, for a time: null where there is none. */
    record Burn(BigDecimal factor, Duration over, Duration and, Duration sustained) {}

    private static final Pattern WINDOW = Pattern.compile("\\[\\s*(?:\\{\\{[^{}]*\\}\\}|\\$\\{?\\w+\\}?)\\s*\\]");
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    /** How long an objective must be missed, where nothing says how fast its budget may burn. */
    private static final Duration MOMENT = Duration.ofMinutes(10);

    /** A query whose fixed or filled-in windows are the look; null where another place is to be filled in. */
    static String windowed(String query) {
        return Placeholders.fill(WINDOW.matcher(query).replaceAll("[\\$window]"), Placeholders.BRACES, place -> null);
    }

    /**
     * @param part counts the events that are bad, or those that are good
     * @param total counts all
     * @return the metric's id, null where it is left, which is said
     */
    String events(String part, boolean good, String total) {
        if (!isShare()) {
            return null;
        }
        Tracks.Told some = told(part);
        Tracks.Told all = told(total);
        if (some == null || all == null) {
            return null;
        }
        String first = PromShape.rises(some.query());
        String second = PromShape.rises(all.query());
        if (first == null || second == null) {
            draft.left(
                    words,
                    "its queries are no rise of counters, which a rate counts by the look: sum(increase(…[$window])) of a counter each");
            return null;
        }
        return put(good ? PromShape.rest(first, second) : first, second, some.added() || all.added());
    }

    /**
     * A ratio that stands in one query: counted where it is one of counters, else as the number that its source makes of it.
     *
     * @param good whether it is the share of what is good
     * @param fast what its number breaks by where it is no count: a burn, or null for the objective itself
     * @return as above; the metric has no objective where it is no count
     */
    Ratio ratio(String query, boolean good, Burn fast) {
        Tracks.Told told = isShare() ? told(query) : null;
        if (told == null) {
            return new Ratio(null, false);
        }
        PromShape shape = PromShape.of(told.query());
        if (shape.kind() == PromShape.Kind.RATIO && shape.factor().compareTo(BigDecimal.ONE) == 0) {
            String bad = good != shape.inverted() ? shape.rest() : shape.first();
            return new Ratio(put(bad, shape.second(), told.added()), true);
        }
        BigDecimal bads = HUNDRED.subtract(percent).movePointLeft(2);
        BigDecimal least = fast == null ? bads : bads.multiply(fast.factor()).min(BigDecimal.ONE);
        String id = new Measured(draft, words, name)
                .because(name)
                .within(fast == null ? MOMENT : fast.and())
                .add(
                        windowed(query),
                        List.of(List.of(
                                good
                                        ? Failing.fixed("<", BigDecimal.ONE.subtract(least))
                                        : Failing.fixed(">", least))));
        if (id != null) {
            draft.changed(
                    words,
                    "a ready-made ratio doesn't say of how many requests it is: it can stop a release, and promotes nothing; errors: and total: of a counter each do");
        }
        return new Ratio(id, false);
    }

    /** @param counted whether it has an objective whose budget can burn */
    record Ratio(String id, boolean counted) {}

    private boolean isShare() {
        boolean share = percent != null && percent.signum() > 0 && percent.compareTo(HUNDRED) < 0;
        if (!share) {
            draft.left(words, "its target is no share between 0 and 100 %");
        }
        return share;
    }

    private String put(String errors, String total, boolean added) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("name", Placeholders.plain(name));
        fields.put("kind", "rate");
        fields.put("source", Measured.SOURCE);
        fields.put("errors", errors);
        fields.put("total", total);
        fields.put(
                "objective",
                "{target: " + Numbers.written(percent) + "%"
                        + (period == null ? "" : ", period: " + Numbers.written(period)) + "}");
        String fault = MetricFields.fault(fields);
        if (fault != null) {
            draft.left(words, fault);
            return null;
        }
        String id = draft.metric(name, fields);
        if (id == null) {
            draft.left(words, "a contract has 200 metrics at most");
        } else if (added) {
            draft.changed(
                    words, "asked for each version by " + draft.label() + "=\"$track\": its series need that label");
        }
        return id;
    }

    private Tracks.Told told(String query) {
        String windowed = query.isBlank() ? null : windowed(query);
        Tracks.Told told = windowed == null ? null : draft.tracks().tell(windowed);
        if (told == null || told.query() == null) {
            draft.left(
                    words,
                    "a query is missing, has a place that nothing fills in where it stands, or no series that could be told apart by version");
            return null;
        }
        return told;
    }

    /** @param because the file's words for it */
    void burns(String id, List<Burn> burns, String because) {
        for (Burn burn : burns) {
            draft.burn(
                    id,
                    Placeholders.plain(because),
                    Failing.burn(burn.factor(), burn.over(), burn.and(), burn.sustained()),
                    words);
        }
    }
}
