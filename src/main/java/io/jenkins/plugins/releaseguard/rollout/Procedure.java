// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout;

import io.jenkins.plugins.releaseguard.contract.ActionSpec;
import io.jenkins.plugins.releaseguard.journal.EffectKey;
import io.jenkins.plugins.releaseguard.journal.Event;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The procedure of a way back: its actions besides the rollout's own traffic, one after the other. */
final class Procedure {
    private Procedure() {}

    /** The next action besides the rollout's own traffic, which is on its way already; null after the last. */
    static ActionSpec next(RollbackState r) {
        List<ActionSpec> rest =
                r.breach().procedure().stream().filter(a -> !a.isOwnTraffic()).toList();
        int next = r.progress().nextAction();
        return next < rest.size() ? rest.get(next) : null;
    }

    /** The next action is to be done; nothing where it is on its way, or none is left. */
    static List<Event> intend(State s) {
        ActionSpec action = next(s.rollback());
        return action == null
                ? List.of()
                : Decisions.intend(
                        s,
                        s.rollback().actionKey(),
                        action.kind(),
                        action.kind() + " " + action.settings().text("value"));
    }

    /** What is on its way. */
    static List<Effect> effects(State s) {
        RollbackState r = s.rollback();
        ActionSpec action = next(r);
        return action != null && s.effects().intended().contains(r.actionKey())
                ? List.of(new Effect.Act(r.actionKey(), r.breach().event().entry(), action))
                : List.of();
    }

    /** A procedure that begins with a flag takes users off the new version by it, whatever the traffic does meanwhile. */
    static boolean movesUsersItself(RollbackState r) {
        return r.progress().nextAction() == 0
                && !r.breach().procedure().isEmpty()
                && r.breach().procedure().get(0).kind().equals("flag");
    }

    /** The traffic is back, but whoever reads only the outcome must not take the procedure for done. */
    static String notDone(State s) {
        String errors = failed(s);
        return errors.isEmpty() ? "" : "; NOT DONE by the procedure: " + errors;
    }

    /** What the procedure's actions came to grief over; empty for nothing. */
    static String failed(State s) {
        return s.effects().done().entrySet().stream()
                .filter(done -> done.getKey().kind() == EffectKey.Kind.ACTION
                        && !done.getValue().isEmpty())
                .sorted(Comparator.comparingInt(done -> done.getKey().index()))
                .map(Map.Entry::getValue)
                .collect(Collectors.joining("; "));
    }
}
