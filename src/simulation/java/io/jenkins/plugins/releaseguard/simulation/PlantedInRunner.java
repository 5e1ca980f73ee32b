// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.simulation;

import static io.jenkins.plugins.releaseguard.simulation.Planted.bug;

import java.util.List;

/** Faults of what drives a release: threads, lanes, time and the record. */
final class PlantedInRunner {
    private static final String RUNNER = "rollout/runner/";
    private static final String ALLOWS = "return state.isRollingBack() || journal.whole() || !goesForward(effect);";

    private PlantedInRunner() {}

    static List<Planted> all() {
        return List.of(
                bug("C1: a call's deadline begins when it is queued", "no release hurts another", "CROWDED")
                        .in(
                                RUNNER + "Lanes.java",
                                "looks = add(\"looks\", ",
                                "looks = add(\"looks\", new LaneLimits(8, 8, 2), 2, 3);\n" + "add(\"unused\", ")
                        .in(
                                "lane/CallDeadlines.java",
                                "boolean stuck = underWay.isStuck(call);",
                                "boolean stuck = false;\n"
                                        + "if (call.begun == 0) {\n"
                                        + "call.begun = timer.nanos();\n"
                                        + "call.deadline = timer.schedule(call.limit, () -> expire(call));\n"
                                        + "}")
                        .in(
                                "lane/CallDeadlines.java",
                                "void begins(LaneCall<?> call) {\n"
                                        + "        call.deadline = timer.schedule(call.limit, () -> expire(call));",
                                "void begins(LaneCall<?> call) {")
                        .in(
                                "lane/CallDeadlines.java",
                                "if (call.stage != LaneCall.Stage.UNDER_WAY || call.overdue) {",
                                "if (call.stage == LaneCall.Stage.ENDED || call.overdue) {")
                        .in(
                                "lane/CallDeadlines.java",
                                "            underWay.outlivesItsTime(call);\n",
                                "            if (call.stage == LaneCall.Stage.UNDER_WAY) {\n"
                                        + "                underWay.outlivesItsTime(call);\n"
                                        + "            }\n"),
                bug(
                                "C1: a look that waits in our own queue is the source's silence",
                                "no release hurts another",
                                "CROWDED")
                        .in(
                                RUNNER + "Lanes.java",
                                "looks = add(\"looks\", ",
                                "looks = add(\"looks\", new LaneLimits(8, 8, 2), 2, 3);\n" + "add(\"unused\", ")
                        .in(
                                RUNNER + "Looking.java",
                                "double seconds = waited.minus(toldWait).toNanos() / 1e9 * plan.speed();",
                                "double seconds = 0;"),
                bug("C3: the way back waits for the disk", "a breach brings the traffic back", "DISK_GONE", "ROLL_BACK")
                        .in(RUNNER + "Recorder.java", ALLOWS, "return journal.whole() || !goesForward(effect);"),
                bug(
                                "C4: actions of procedures share the threads of the way back",
                                "a breach brings the traffic back",
                                "CROWDED",
                                "ROLL_BACK",
                                "THREADS")
                        .in(
                                RUNNER + "Lanes.java",
                                "    Lane actions() {\n        return actions;",
                                "    Lane actions() {\n        return back;"),
                bug(
                                "C4: an action whose end came while a reaction without it was carried out is done twice",
                                "what has been done is not done again",
                                "THOROUGH",
                                "SLEEPY_THREADS in ROLLING_BACK",
                                "ACTION_SLOW in ROLLING_BACK")
                        .in(RUNNER + "InFlight.java", "if (overtaken.getAsBoolean()) {", "if (overtaken == null) {"),
                bug("C8: a call that comes while a task ends is lost", "no wake is lost", "SLEEPY_THREADS")
                        .in(
                                RUNNER + "SerialTask.java",
                                "answered = calls.addAndGet(-answered);",
                                "calls.set(0); answered = 0;"),
                bug("H6: durations are the wall clock's", "something always happens next", "CLOCK_BACK")
                        .in(
                                RUNNER + "SteadyClock.java",
                                "return from.now.plusNanos((long) ((timer.nanos() - from.nanos) * speed));",
                                "return world.now();")
                        .in(
                                RUNNER + "SteadyClock.java",
                                "return from.wall.plusNanos(timer.nanos() - from.nanos);",
                                "return world.wall();"),
                bug(
                                "H8: a thread that can't be made leaves a flag set, and no watchdog looks",
                                "every release ends",
                                "NO_THREADS")
                        .in(
                                RUNNER + "SerialTask.java",
                                "if (!taken && claimed.compareAndSet(false, true)) {",
                                "if (!taken && claimed.compareAndSet(false, true) && calls.get() < 0) {")
                        .in(RUNNER + "Watchdog.java", "watched.forEach(Watched::watch);", ""),
                bug(
                                "H10: what is not on the disk at the end is dropped",
                                "every journal folds to where the release stands",
                                "DISK_FAILING")
                        .in(
                                RUNNER + "JournalLane.java",
                                "if (!finishing || !waiting.isEmpty() || !loose.isEmpty() || closed) {",
                                "if (!finishing || closed) {")
                        .in(RUNNER + "JournalLane.java", "givenUp = leaving;", "givenUp = finishing;"),
                bug(
                                "H10: a record is taken up and nobody asks the router",
                                "nobody goes on before the router was asked",
                                "KILL")
                        .in(RUNNER + "Drive.java", "hesitating = so;", "hesitating = false;"),
                bug("the intent is written after the effect", "intent before effect")
                        .in(RUNNER + "Recorder.java", ALLOWS, "return true;"),
                bug("what is written is not forced", "intent before effect")
                        .in(
                                RUNNER + "JournalLane.java",
                                "            journal.force();\n",
                                "            if (leftOut < 0) {\n                journal.force();\n            }\n"),
                bug(
                                "what a failed force may have lost is not written again",
                                "every journal folds to where the release stands",
                                "DISK_FAILING")
                        .in(
                                RUNNER + "JournalLane.java",
                                "        List<Stamped> again = new ArrayList<>(loose);",
                                "        List<Stamped> again = new ArrayList<>();"));
    }
}
