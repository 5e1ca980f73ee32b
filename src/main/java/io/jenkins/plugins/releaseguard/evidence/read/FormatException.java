// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.read;

import java.io.IOException;

/** A file is not what it should be; line and column count from 1, 0 where unknown. */
public final class FormatException extends IOException {
    private static final long serialVersionUID = 1L;

    public FormatException(String message, int line, int column) {
        super(line > 0 ? "line " + line + ", column " + column + ": " + message : message);
    }

    public FormatException(String message) {
        this(message, 0, 0);
    }
}
