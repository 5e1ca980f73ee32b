// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.metric;

import io.jenkins.plugins.releaseguard.Beta;

/** A metric source did not answer, or answered what can't be believed. The message is for people and holds no secret. */
@Beta
public final class SourceException extends Exception {
    private static final long serialVersionUID = 1L;

    public SourceException(String message) {
        super(message);
    }

    public SourceException(String message, Throwable cause) {
        super(message, cause);
    }
}
