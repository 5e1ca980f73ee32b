// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.promql;

/**
 * What a query answers.
 *
 * @param unit of the numbers: s, ms, B, {@link MetricName#EVENTS}…; empty where nothing tells it
 * @param window over which an increase or rate is taken, as it is written; null for none
 * @param per seconds that a rate is of: 1 per second, 60 per minute; 0 for none
 * @param shift {@code offset} of it, empty for none
 * @param buckets whether it is of each bucket of a histogram
 */
public record Dimension(Kind kind, String unit, String window, double per, String shift, boolean buckets) {
    /** The kinds, with the words for people. */
    public enum Kind {
        COUNTER("counter"),
        INCREASE("increase"),
        RATE("rate"),
        RATIO("ratio"),
        GAUGE("gauge"),
        RULE("recording rule"),
        TRUTH("0 or 1"),
        NUMBER("number"),
        NAME("series whose kind its name doesn't tell");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    static Dimension of(Kind kind, String unit) {
        return new Dimension(kind, unit, null, 0, "", false);
    }

    Dimension with(Kind other, String otherUnit) {
        return new Dimension(other, otherUnit, null, 0, "", false);
    }

    Dimension withUnit(String other) {
        return new Dimension(kind, other, window, per, shift, buckets);
    }

    Dimension at(String other) {
        return new Dimension(kind, unit, window, per, other, buckets);
    }

    Dimension per(double seconds) {
        return new Dimension(Kind.RATE, unit, window, seconds, shift, buckets);
    }

    /** Whether it is how much a counter rose, by itself or in time, or the counter whose rise is read. */
    public boolean isCount() {
        return kind == Kind.COUNTER || kind == Kind.INCREASE || kind == Kind.RATE;
    }

    public boolean isOverTheLook() {
        return "$window".equals(window);
    }

    /** For people: "increase over the look", "per second over 5m". */
    public String words() {
        String of = buckets ? "bucket series, " : "";
        String over = window == null ? "" : isOverTheLook() ? " over the look" : " over " + window;
        String behind = shift.isEmpty() ? "" : ", " + shift + " ago";
        return of
                + switch (kind) {
                    case RATE -> "per " + perWords() + over;
                    case INCREASE -> "increase" + over;
                    default -> kind.words();
                }
                + behind;
    }

    private String perWords() {
        return per == 1 ? "second" : per == 60 ? "minute" : per == 3600 ? "hour" : per == 86400 ? "day" : per + " s";
    }

    /** Whether a rate is of a time that people count by. */
    boolean isUsualRate() {
        return kind != Kind.RATE || per == 1 || per == 60 || per == 3600 || per == 86400;
    }
}
