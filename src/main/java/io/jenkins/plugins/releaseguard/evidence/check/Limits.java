// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.check;

import io.jenkins.plugins.releaseguard.Beta;
import io.jenkins.plugins.releaseguard.contract.Threshold;
import io.jenkins.plugins.releaseguard.contract.Threshold.AboveBaseline;
import io.jenkins.plugins.releaseguard.contract.Threshold.Fixed;
import io.jenkins.plugins.releaseguard.contract.Threshold.TimesBaseline;
import io.jenkins.plugins.releaseguard.evidence.Finding;
import io.jenkins.plugins.releaseguard.evidence.Status;
import io.jenkins.plugins.releaseguard.text.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Numbers against what must hold of them. Fails where one doesn't hold, is unknown where one can't be told or none is asked,
 * and passes otherwise.
 */
@Beta
public final class Limits {
    private static final String GIVE = "let what the check looks at give the number";
    private static final String LIMIT = "give a limit in the number's own unit that one look can judge";
    private static final String DETAIL = "let the tool that writes it say more, so that the number is known";

    private final List<One> ones = new ArrayList<>();

    private record One(String name, String value, String limit, Status status, String reason, String fix) {
        /** Whether only its name says what the number counts. */
        boolean isBare() {
            return !value.isEmpty() && Character.isDigit(value.charAt(value.length() - 1));
        }

        String named(String text) {
            return name.isEmpty() ? text : name + " " + text;
        }
    }

    /** Asks where a threshold is given; {@code unit} is that of the value: {@code %} (a fraction), {@code s}, {@code B} or empty. */
    public Limits want(String name, Optional<Threshold> threshold, double value, String unit) {
        return want(name, threshold, value, unit, Double.NaN);
    }

    /** Asks with the level that the threshold may speak of as baseline, NaN where none is known. */
    public Limits want(String name, Optional<Threshold> threshold, double value, String unit, double baseline) {
        threshold.ifPresent(t -> ones.add(judge(name, t, value, unit, baseline)));
        return this;
    }

    /** Asks of what a report doesn't count at all. */
    public Limits none(String name, Optional<Threshold> threshold) {
        threshold.ifPresent(t -> ones.add(new One(
                name,
                "",
                t.text(),
                Status.UNKNOWN,
                "the report has none",
                "limit what the report counts, or let the tool write them")));
        return this;
    }

    /**
     * Asks of a number of which only the least and the most are known: holds where both do, fails where neither does, and is
     * unknown, for {@code why}, where it depends.
     */
    public Limits want(String name, Optional<Threshold> threshold, double least, double most, String unit, String why) {
        threshold.ifPresent(t -> {
            One low = judge(name, t, least, unit, Double.NaN);
            One high = judge(name, t, most, unit, Double.NaN);
            One same = high.status() == Status.PASS ? low : high;
            String range = low.value() + " to " + high.value();
            ones.add(
                    low.status() == high.status() ? same : new One(name, range, t.text(), Status.UNKNOWN, why, DETAIL));
        });
        return this;
    }

    /** A number as it stands beside its limit, for a sentence. */
    public static String shown(Optional<Threshold> threshold, double value, String unit) {
        return Quantity.beside(
                value, threshold.map(t -> limit(t, unit, Double.NaN)).orElse(Double.NaN), unit);
    }

    private static One judge(String name, Threshold threshold, double value, String unit, double baseline) {
        double limit = limit(threshold, unit, baseline);
        String shown = Quantity.beside(value, limit, unit);
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return new One(name, "", threshold.text(), Status.UNKNOWN, "nobody knows the number", GIVE);
        }
        if (Double.isNaN(limit)) {
            return new One(name, shown, threshold.text(), Status.UNKNOWN, why(threshold, unit), LIMIT);
        }
        if (!threshold.sustained().isZero() || !threshold.isPlain()) {
            String reason = "one look can't tell what holds for a time";
            return new One(name, shown, threshold.text(), Status.UNKNOWN, reason, LIMIT);
        }
        boolean holds = threshold.comparison().holds(value, limit);
        return new One(name, shown, threshold.text(), holds ? Status.PASS : Status.FAIL, "", "");
    }

    private static double limit(Threshold threshold, String unit, double baseline) {
        if (threshold.bound() instanceof Fixed fixed) {
            return fixed.unit().equals(unit) ? fixed.value() : Double.NaN;
        }
        if (threshold.bound() instanceof TimesBaseline times) {
            return times.factor() * baseline;
        }
        if (threshold.bound() instanceof AboveBaseline above) {
            boolean same = above.unit().equals(unit) || above.amount() == 0;
            return same ? baseline + above.amount() : Double.NaN;
        }
        return Double.NaN;
    }

    private static String why(Threshold threshold, String unit) {
        if (threshold.bound() instanceof Fixed fixed) {
            return "the limit is in " + unit(fixed.unit()) + ", the number in " + unit(unit);
        }
        return "the limit speaks of what isn't known here";
    }

    private static String unit(String unit) {
        return unit.isEmpty() ? "plain numbers" : "'" + unit + "'";
    }

    /** Whether nothing was asked. */
    public boolean isEmpty() {
        return ones.isEmpty();
    }

    /** The finding: what doesn't hold first. */
    public Finding conclude(Finding.Builder found, String passes, String fails, String fix) {
        if (ones.isEmpty()) {
            return found.unknown("the check names no limit", "give the check a limit");
        }
        for (Status status : List.of(Status.FAIL, Status.UNKNOWN)) {
            List<One> bad = ones.stream().filter(o -> o.status() == status).toList();
            if (!bad.isEmpty()) {
                show(found, bad);
                String reasons = bad.stream()
                        .filter(o -> !o.reason().isEmpty())
                        .map(o -> o.name().isEmpty() ? o.reason() : o.name() + ": " + o.reason())
                        .collect(Collectors.joining("; "));
                return status == Status.FAIL
                        ? found.fail(fails, fix)
                        : found.unknown(
                                reasons, bad.stream().map(One::fix).distinct().collect(Collectors.joining("; ")));
            }
        }
        show(found, ones);
        return found.pass(passes);
    }

    private static void show(Finding.Builder found, List<One> shown) {
        boolean several = shown.size() > 1;
        found.value(shown.stream()
                .map(o -> several || o.isBare() ? o.named(o.value()) : o.value())
                .collect(Collectors.joining(", ")));
        found.limit(shown.stream()
                .map(o -> several || o.isBare() ? o.named(o.limit()) : o.limit())
                .collect(Collectors.joining(", ")));
    }
}
