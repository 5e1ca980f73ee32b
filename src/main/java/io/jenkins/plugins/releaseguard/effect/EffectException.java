// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.effect;

import io.jenkins.plugins.releaseguard.Beta;

/** A change to the world that did not come about, or can't be known to have. The message is for people and holds no secret. */
@Beta
public final class EffectException extends Exception {
    private static final long serialVersionUID = 1L;

    public EffectException(String message) {
        super(message);
    }

    public EffectException(String message, Throwable cause) {
        super(message, cause);
    }
}
