// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rehearse;

/** Asked for what can't be done: status 2. The message says what and, where there is something, what to do. */
final class UsageException extends Exception {
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }
}
