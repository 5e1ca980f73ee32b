// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.page;

import io.jenkins.plugins.releaseguard.journal.HoldCause;
import io.jenkins.plugins.releaseguard.journal.OperatorCommand;
import io.jenkins.plugins.releaseguard.rollout.Lifecycle;
import io.jenkins.plugins.releaseguard.rollout.State;
import java.util.ArrayList;
import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * A button for operators: what it is called, what it asks before it acts.
 *
 * @param command what is sent: pause, resume, promote, rollback, take or close
 * @param phase index of the phase that is meant, -1 for none
 */
@Restricted(NoExternalUse.class)
public record Control(
        OperatorCommand command,
        String label,
        String icon,
        String question,
        String consequence,
        boolean destructive,
        int phase) {
    private static final int NONE = -1;
    private static final String ICONS = " plugin-ionicons-api";

    public String getCommand() {
        return command.text();
    }

    public String getLabel() {
        return label;
    }

    public String getIcon() {
        return icon;
    }

    public String getQuestion() {
        return question;
    }

    public String getConsequence() {
        return consequence;
    }

    public int getPhase() {
        return phase;
    }

    public boolean isDestructive() {
        return destructive;
    }

    /** What makes sense where the release stands: one that turns back can only be taken over, and closed where it doesn't end. */
    static List<Control> of(State state) {
        List<Control> controls = new ArrayList<>();
        if (state.life() == Lifecycle.ENDED) {
            return controls;
        }
        if (state.isCalling()) {
            controls.add(take());
        }
        if (state.isFrozen()) {
            controls.add(rollBack());
        }
        if (state.isFrozen() || state.isUnconfirmed()) {
            controls.add(close());
        }
        if (state.isFrozen() || state.isRollingBack()) {
            return controls;
        }
        if (state.life().isCanary()) {
            boolean paused = state.holds().containsKey(HoldCause.PAUSED);
            controls.add(paused ? resume() : pause());
            controls.add(promote(state.phaseIndex()));
        }
        controls.add(state.life() == Lifecycle.OPEN ? stop() : rollBack());
        return controls;
    }

    private static Control pause() {
        return new Control(
                OperatorCommand.PAUSE,
                "Pause",
                "symbol-pause-outline" + ICONS,
                "Pause the release?",
                "Traffic stays as it is and no phase ends. Rollback stays armed. Why?",
                false,
                NONE);
    }

    private static Control resume() {
        return new Control(
                OperatorCommand.RESUME,
                "Resume",
                "symbol-play-outline" + ICONS,
                "Go on with the release?",
                "Why?",
                false,
                NONE);
    }

    private static Control promote(int phase) {
        return new Control(
                OperatorCommand.PROMOTE,
                "Promote phase",
                "symbol-play-skip-forward-outline" + ICONS,
                "End this phase without proof?",
                "The phase is recorded as unproven, with your name. Why?",
                false,
                phase);
    }

    private static Control rollBack() {
        return new Control(
                OperatorCommand.ROLLBACK,
                "Roll back now",
                "symbol-arrow-undo-outline" + ICONS,
                "Roll back now?",
                "All traffic returns to the last good version, and the build fails. Why?",
                true,
                NONE);
    }

    private static Control take() {
        return new Control(
                OperatorCommand.TAKE,
                "Take over",
                "symbol-hand-left-outline" + ICONS,
                "See to this release?",
                "Nobody else is called. Whatever is being tried goes on. What will you do?",
                false,
                NONE);
    }

    private static Control close() {
        return new Control(
                OperatorCommand.CLOSE,
                "Close unconfirmed",
                "symbol-close-circle-outline" + ICONS,
                "End this release as it stands?",
                "Nothing is tried or watched any more, and nobody has seen where the traffic is. Why?",
                true,
                NONE);
    }

    private static Control stop() {
        return new Control(
                OperatorCommand.ROLLBACK,
                "Stop the release",
                "symbol-stop-circle-outline" + ICONS,
                "Stop the release?",
                "No traffic has moved yet, and none will. Why?",
                true,
                NONE);
    }
}
