// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.lane;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** Why a call failed, as whoever asked for it should hear it. */
final class Failure {
    private Failure() {}

    /** Null for none. */
    static Exception of(Throwable error) {
        Throwable cause = cause(error);
        if (cause instanceof CancellationException) {
            return new CancellationException("the call was given up");
        }
        return cause == null || cause instanceof Exception ? (Exception) cause : new ExecutionException(cause);
    }

    /** What futures wrap is taken out of it. */
    static Throwable cause(Throwable error) {
        boolean wrapped = error instanceof CompletionException || error instanceof ExecutionException;
        return wrapped && error.getCause() != null ? error.getCause() : error;
    }
}
