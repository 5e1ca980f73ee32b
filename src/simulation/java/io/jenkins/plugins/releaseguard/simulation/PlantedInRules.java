// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.simulation;

import static io.jenkins.plugins.releaseguard.simulation.Planted.bug;

import java.util.List;

/** Faults of what is decided. */
final class PlantedInRules {
    private static final String ROLLOUT = "rollout/";
    private static final String HELD =
            "        Captured captured = s.watching().captured();\n        return plan.triggers().stream()\n";
    private static final String WANTED = "return isStillBefore(plan, s)\n                && plan.triggers()";
    private static final String LATE = "        return late(plan, r, wall)\n";

    private PlantedInRules() {}

    private static String givenUp(String condition) {
        return "        if (" + condition + ") {\n"
                + "            return List.of(new Event.Ended(ReleaseOutcome.ROLLED_BACK, false, \"given up\"));\n"
                + "        }\n" + LATE;
    }

    static List<Planted> all() {
        return List.of(
                bug(
                                "C2: a rollback's time is over before its first try",
                                "a rollback never ends unconfirmed by itself",
                                "KILL in ROLLING_BACK")
                        .in(
                                ROLLOUT + "RollbackRules.java",
                                LATE,
                                givenUp("r.shift().attempt() == 0 && r.shift().accepted() == null"
                                        + " && Decisions.passed(r.breach().sampled(), wall, plan.objective())")),
                bug(
                                "H7: what can't be confirmed is given up at twice the objective",
                                "a rollback never ends unconfirmed by itself",
                                "ROUTER_REFUSED",
                                "ROLL_BACK")
                        .in(
                                ROLLOUT + "RollbackRules.java",
                                LATE,
                                givenUp(
                                        "Decisions.passed(r.progress().deadlineFrom(), wall, plan.objective().multipliedBy(2))")),
                bug(
                                "C5: nobody moves a body's traffic back in the last bake",
                                "a breach brings the traffic back",
                                "ENCLOSED",
                                "CANARY_BAD")
                        .in(
                                ROLLOUT + "Way.java",
                                "return plan.enclosed() && s.life() == Lifecycle.WATCHING;",
                                "return false;")
                        .in(
                                ROLLOUT + "RollbackRules.java",
                                "boolean waits = early &&",
                                "boolean waits = r.progress().acted() == null &&"),
                bug(
                                "C5: the rest of a procedure waits for the traffic",
                                "a breach brings the traffic back",
                                "ENCLOSED",
                                "BODY_HANGING")
                        .in(
                                ROLLOUT + "RollbackRules.java",
                                "boolean waits = early &&",
                                "boolean waits = r.progress().acted() == null &&"),
                bug("H1: time counts that nobody looked at", "only time that was looked at counts", "KILL")
                        .in(
                                ROLLOUT + "LastBakeRules.java",
                                "return looks.watched().compareTo(plan.after()) >= 0 && looks.count() > 0;",
                                "return s.watchFrom() != null"
                                        + " && Decisions.passed(s.watchFrom(), s.lastAt(), plan.after());"),
                bug(
                                "H2: the router is not read in the last bake",
                                "an end says where the traffic is",
                                "ROUTER_RELOADED in WATCHING")
                        .in(
                                ROLLOUT + "LastBakeRules.java",
                                "return plan.routed() && s.phaseIndex() >= 0;",
                                "return false;"),
                bug("H3: a phase passes without evidence", "no evidence, no pass")
                        .in(
                                ROLLOUT + "Proof.java",
                                "boolean seen = looks.seen().canaryAtWork();",
                                "boolean seen = true;"),
                bug(
                                "H4: a limit whose reference is unknown never fires",
                                "harm is seen",
                                "RELATIVE",
                                "SOURCE_REFUSED in OPEN",
                                "CANARY_BAD in BAKING")
                        .in(
                                ROLLOUT + "LookFold.java",
                                HELD,
                                "        if (plan != null) {\n            return null;\n        }\n" + HELD)
                        .in(
                                ROLLOUT + "BaselineRules.java",
                                WANTED,
                                "return plan == null\n                && plan.triggers()"),
                bug("H4: a multiple of nothing never fires", "harm is seen", "RELATIVE", "CANARY_BAD in BAKING")
                        .in(
                                ROLLOUT + "trigger/Baselines.java",
                                "? times.factor() * floor(trigger.metric(), total, times.factor())",
                                "? Double.POSITIVE_INFINITY"),
                bug(
                                "H5: nobody looks while traffic is shifted",
                                "something always happens next",
                                "MOVED",
                                "BODY_HANGING")
                        .in(
                                ROLLOUT + "WatchRules.java",
                                "if (Duration.between(last, now).compareTo(plan.interval()) >= 0) {",
                                "if (s.life() != Lifecycle.SHIFTING\n"
                                        + "                && Duration.between(last, now).compareTo(plan.interval()) >= 0) {"),
                bug(
                                "H16: a call for people that failed is not made again",
                                "every release ends or is with a person",
                                "UNDECIDED",
                                "PEOPLE_REFUSED in BAKING")
                        .in(
                                ROLLOUT + "Calls.java",
                                "failures + 1, wall.plus(RETRY.wait(failures)), heard,",
                                "0, null, true,"),
                bug("M6: a command for another phase counts", "only people who mean a phase end it", "PROMOTE_LATE")
                        .in(
                                ROLLOUT + "State.java",
                                "return operated.phase() == null || life.isCanary() && operated.phase() == phase.index();",
                                "return true;"),
                bug(
                                "M6: promoting by hand passes over an approval",
                                "only people who mean a phase end it",
                                "APPROVED",
                                "PROMOTE")
                        .in(
                                ROLLOUT + "PhaseRules.java",
                                "if (state.leave().skippedBy() != null && !approved) {",
                                "if (approved && state.leave().skippedBy() == null && s.watching() == null) {"),
                bug(
                                "a reading from before the shift counts as one of it",
                                "every release ends or is with a person",
                                "ROUTER_SLOW")
                        .in(
                                ROLLOUT + "Fold.java",
                                "if (reading != null && !s.router().afterShift()) {",
                                "if (reading != null && s.router() == null) {")
                        .in(
                                ROLLOUT + "Fold.java",
                                "if (!settling || !shift.accepted()) {",
                                "if (!settling || s.life() != Lifecycle.WATCHING) {"),
                bug(
                                "a shift that lands after the way back is not undone",
                                "a breach brings the traffic back",
                                "ROUTER_HANGING",
                                "ROLL_BACK")
                        .in(
                                ROLLOUT + "RollbackFold.java",
                                "return rollback.withLost(wall, \"the router reads",
                                "return rollback.withReading(false, false, Double.NaN, \"the router reads")
                        .in(
                                ROLLOUT + "RecoveryRules.java",
                                "return router.error() == null && router.reading() != null",
                                "return plan == null && router.reading() != null"),
                bug("tries are ever further apart", "a breach brings the traffic back", "ROUTER_REFUSED", "ROLL_BACK")
                        .in(
                                ROLLOUT + "RollbackState.java",
                                "new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30))",
                                "new Backoff(Duration.ofMillis(500), Duration.ofDays(30))")
                        .in(
                                ROLLOUT + "RollbackRules.java",
                                "return r.shift().pauses(LONG_PAUSE) ?",
                                "return r.shift() == null ?"),
                bug("a paused phase goes on", "what is paused waits", "PAUSE")
                        .in(
                                ROLLOUT + "PhaseRules.java",
                                "return s.holds().keySet().stream().anyMatch(BLOCKING::contains);",
                                "return false;"),
                bug(
                                "a change that can't be undone is taken back",
                                "what can't be undone is not taken back",
                                "IRREVERSIBLE",
                                "CANARY_BAD")
                        .in(
                                ROLLOUT + "FreezeRules.java",
                                "return plan.irreversible() &&",
                                "return false && plan.irreversible() &&"));
    }
}
