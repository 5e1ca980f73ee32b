// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.read;

import io.jenkins.plugins.releaseguard.contract.Position;
import io.jenkins.plugins.releaseguard.contract.RolloutSpec;
import io.jenkins.plugins.releaseguard.contract.RolloutSpec.Baseline;
import io.jenkins.plugins.releaseguard.contract.RolloutSpec.Phase;
import io.jenkins.plugins.releaseguard.contract.RolloutSpec.Promote;
import io.jenkins.plugins.releaseguard.contract.RolloutSpec.Strategy;
import io.jenkins.plugins.releaseguard.contract.RolloutSpec.Undecided;
import io.jenkins.plugins.releaseguard.contract.Settings;
import io.jenkins.plugins.releaseguard.contract.grammar.Amount;
import io.jenkins.plugins.releaseguard.contract.grammar.Amounts;
import io.jenkins.plugins.releaseguard.contract.grammar.Cursor;
import io.jenkins.plugins.releaseguard.contract.grammar.ReadRule;
import io.jenkins.plugins.releaseguard.contract.grammar.SyntaxProblem;
import io.jenkins.plugins.releaseguard.text.Span;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes the rollout of what the reader found, with the usual phases and times where the contract is silent. */
final class RolloutAssembler {
    private static final List<String> USUAL = List.of("internal", "1", "5", "25", "50", "100");
    private static final String INTERNAL = "internal";

    /**
     * The first users meet instances that have just begun: nothing is bet on them before that. Later phases send more to the same
     * instances, and what a larger share breaks shows at once.
     */
    private static final Duration USUAL_WARMUP = Duration.ofMinutes(2);

    /** Nobody who bakes for a minute waits two for it. */
    private static final int WARMUP_OF_BAKE = 5;

    private final Problems problems;
    private final Promote usual;

    /** @param usual by which rule phases are left where nothing is said */
    RolloutAssembler(Problems problems, Promote usual) {
        this.problems = problems;
        this.usual = usual;
    }

    /** {@code settings} is null where the contract has no rollout; {@code at} is then the contract itself. */
    RolloutSpec rollout(Settings settings, Position at) {
        Settings s = settings == null ? new Settings(Map.of(), Map.of(ShapeReader.SELF, at)) : settings;
        Duration bake = FieldValues.or(s, "bake", Duration.ofMinutes(15));
        Duration maxBake = FieldValues.or(s, "maxBake", null);
        Duration warmup = FieldValues.or(s, "warmup", null);
        List<Phase> phases = new ArrayList<>();
        for (Settings phase : FieldValues.objects(s, "phases")) {
            Phase made = phase(phase, phase.text("weight"), new Times(warmup, bake, maxBake, !haveUsers(phases)));
            audience(phase, s);
            if (made != null) {
                phases.add(made);
            }
        }
        if (!s.has("phases")) {
            for (String weight : USUAL) {
                Times times = new Times(warmup, bake, maxBake, !haveUsers(phases));
                phases.add(phase(new Settings(Map.of(), s.positions()), weight, times));
            }
            problems.note(
                    ReadRule.DEFAULTS,
                    FieldValues.self(s),
                    "no phases given: " + String.join(", ", USUAL) + " taken",
                    "");
        } else {
            rising(s, phases);
        }
        double alpha = FieldValues.number(s, "alpha", 0.05);
        if (!(alpha > 0 && alpha < 1)) {
            problems.error(
                    ReadRule.ROLLOUT,
                    FieldValues.at(s, "alpha"),
                    "alpha is " + alpha,
                    "write a share between 0 and 1, as 0.05");
        }
        return new RolloutSpec(
                FieldValues.constant(Strategy.class, s, "strategy", Strategy.CANARY),
                List.copyOf(phases),
                FieldValues.constant(Undecided.class, s, "undecided", Undecided.HOLD),
                s.text("router"),
                interval(s),
                FieldValues.or(s, "noData", Duration.ofMinutes(1)),
                FieldValues.or(s, "after", bake),
                alpha,
                blastRadius(s),
                FieldValues.constant(Baseline.class, s, "baseline", Baseline.STABLE),
                FieldValues.or(s, "sticky", Duration.ZERO),
                promote(s),
                FieldValues.self(s));
    }

    /** Where nothing is written the shape has filled in what is usual now. */
    private Promote promote(Settings s) {
        return s.positions().containsKey("promote") ? FieldValues.constant(Promote.class, s, "promote", usual) : usual;
    }

    private Duration interval(Settings s) {
        Duration interval = FieldValues.or(s, "interval", Duration.ofSeconds(5));
        if (interval.compareTo(Duration.ofMillis(100)) < 0) {
            problems.error(
                    ReadRule.ROLLOUT,
                    FieldValues.at(s, "interval"),
                    "an interval of " + Span.written(interval),
                    "write 1s or more; 5s is usual");
        }
        return interval;
    }

    private double blastRadius(Settings s) {
        double budget = FieldValues.number(s, "blastRadius", Double.NaN);
        if (budget < 0) {
            problems.error(
                    ReadRule.ROLLOUT,
                    FieldValues.at(s, "blastRadius"),
                    "a blast radius below 0",
                    "write how many extra failed requests may be spent, such as 500");
        }
        return budget;
    }

    private static boolean haveUsers(List<Phase> phases) {
        return phases.stream().anyMatch(p -> p.weight() > 0);
    }

    /**
     * What the rollout says of the times of a phase that doesn't.
     *
     * @param warmup null where it says nothing
     * @param maxBake null where it says nothing
     * @param first whether no phase before has users
     */
    private record Times(Duration warmup, Duration bake, Duration maxBake, boolean first) {
        /** Where all or none have the new version nothing is bet, and nothing has to be spared. */
        Duration warmup(double weight, Duration ownBake) {
            if (!(weight > 0 && weight < 100)) {
                return Duration.ZERO;
            }
            if (warmup != null) {
                return warmup;
            }
            Duration part = Duration.ofSeconds(ownBake.dividedBy(WARMUP_OF_BAKE).toSeconds());
            return !first ? Duration.ZERO : part.compareTo(USUAL_WARMUP) < 0 ? part : USUAL_WARMUP;
        }
    }

    private Phase phase(Settings s, String weightText, Times times) {
        boolean internal = weightText.equals(INTERNAL);
        double weight = internal ? 0 : weight(weightText);
        if (!(weight >= 0 && weight <= 100) || weight == 0 && !internal) {
            problems.error(
                    ReadRule.ROLLOUT,
                    FieldValues.at(s, "weight"),
                    "'" + Cursor.shorten(weightText) + "' is no phase",
                    "write internal, or a percentage of the traffic above 0, up to 100");
            return null;
        }
        Duration bake = FieldValues.or(s, "bake", times.bake());
        Duration standard =
                times.maxBake() == null || s.has("bake") && times.maxBake().compareTo(bake) < 0
                        ? bake.multipliedBy(2)
                        : times.maxBake();
        Duration maxBake = FieldValues.or(s, "maxBake", standard);
        if (maxBake.compareTo(bake) < 0) {
            problems.error(
                    ReadRule.ROLLOUT,
                    FieldValues.at(s, "maxBake"),
                    "maxBake " + Span.written(maxBake) + " is shorter than bake " + Span.written(bake),
                    "set maxBake: " + Span.written(bake) + " or more: it is when an undecided phase ends");
        }
        String name = s.has("name") ? s.text("name") : internal ? INTERNAL : percent(weight);
        String audience = s.has("audience") ? s.text("audience") : internal ? INTERNAL : "";
        Duration warmup = FieldValues.or(s, "warmup", times.warmup(weight, bake));
        return new Phase(name, weight, audience, warmup, bake, maxBake, s.texts("approve"));
    }

    /** A router moves a share of all users; whom a body moves, it chooses itself. */
    private void audience(Settings phase, Settings rollout) {
        String audience = phase.text("audience");
        boolean own = audience.equals(INTERNAL) && phase.text("weight").equals(INTERNAL);
        if (!audience.isEmpty() && !own && !rollout.text("router").isBlank()) {
            problems.notYet(
                    FieldValues.at(phase, "audience"),
                    "audience: " + Cursor.shorten(audience)
                            + " is not carried out: a router moves a share of all users, and can't tell these",
                    "take it out; or take the router out, and let the body of canaryPromote { } choose users by"
                            + " CANARY_AUDIENCE");
        }
    }

    private static double weight(String text) {
        try {
            Amount amount = Amounts.parse(text.strip());
            return switch (amount.unit()) {
                case "" -> amount.value();
                case "%" -> Double.parseDouble(text.replace("%", "").strip());
                default -> Double.NaN;
            };
        } catch (SyntaxProblem | NumberFormatException e) {
            return Double.NaN;
        }
    }

    private static String percent(double weight) {
        return (weight == Math.rint(weight) ? String.valueOf((long) weight) : String.valueOf(weight)) + "%";
    }

    private void rising(Settings s, List<Phase> phases) {
        Position at = FieldValues.at(s, "phases");
        Set<String> names = new HashSet<>();
        double before = -1;
        for (Phase phase : phases) {
            if (phase.weight() <= before) {
                problems.error(
                        ReadRule.ROLLOUT,
                        at,
                        "phase " + phase.name() + " does not rise above the one before",
                        "order phases by their weight, each once");
                return;
            }
            if (!names.add(phase.name())) {
                problems.error(ReadRule.ROLLOUT, at, "two phases are called " + phase.name(), "give each its own name");
            }
            before = phase.weight();
        }
        if (before != 100) {
            problems.error(
                    ReadRule.ROLLOUT,
                    at,
                    "the phases end at " + percent(Math.max(0, before)),
                    "end with 100: the release isn't out before that");
        }
    }
}
