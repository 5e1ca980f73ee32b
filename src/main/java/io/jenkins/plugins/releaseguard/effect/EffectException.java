// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.effect;

import io.jenkins.plugins.releaseguard.Beta;

/** A change to the world that did not come about, or can't be known to have. The message is for people and holds no secret. */
@Beta
public final class EffectException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String withoutAnswer;

    public EffectException(String message) {
        super(message);
        withoutAnswer = message;
    }

    /**
     * What was asked answered something else than was expected.
     *
     * @param answer a bounded part of it, for those who may see what stands at the address
     */
    public static EffectException answered(String before, String answer, String after) {
        return new EffectException(before + answer + after, before + "(its answer is not shown here)" + after);
    }

    private EffectException(String message, String withoutAnswer) {
        super(message);
        this.withoutAnswer = withoutAnswer;
    }

    public EffectException(String message, Throwable cause) {
        super(message, cause);
        withoutAnswer = message;
    }

    /** The message for people who chose the address themselves: it may be one whose answers aren't for them. */
    public String withoutAnswer() {
        return withoutAnswer;
    }
}
