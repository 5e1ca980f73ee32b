// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.step;

import io.jenkins.plugins.releaseguard.journal.EffectKey;
import io.jenkins.plugins.releaseguard.rollout.Effect;
import org.jenkinsci.plugins.workflow.steps.BodyExecutionCallback;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** One run of a phase's body; survives a restart of the controller with the program. */
final class PhaseBody extends BodyExecutionCallback {
    private static final long serialVersionUID = 1L;

    private final CanaryPromoteExecution execution;
    private final String key;
    private final int phase;
    private final int attempt;
    private final double weight;
    private final String audience;

    PhaseBody(CanaryPromoteExecution execution, Effect.RunBody body) {
        this.execution = execution;
        this.key = body.key().toString();
        this.phase = body.phase();
        this.attempt = body.attempt();
        this.weight = body.weight();
        this.audience = body.audience();
    }

    /** Whether it brings the traffic back rather than checking a phase. */
    boolean isWayBack() {
        return phase < 0;
    }

    private Effect.RunBody effect() {
        return new Effect.RunBody(EffectKey.parse(key), phase, attempt, weight, audience);
    }

    @Override
    public void onSuccess(StepContext context, Object result) {
        execution.bodyEnded(effect(), null);
    }

    @Override
    public void onFailure(StepContext context, Throwable t) {
        execution.bodyEnded(effect(), t);
    }
}
