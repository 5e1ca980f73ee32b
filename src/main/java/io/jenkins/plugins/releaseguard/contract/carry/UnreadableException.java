// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.carry;

/** A file can't be read at all; the message says why and what to do. */
public final class UnreadableException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int line;
    private final String fix;

    UnreadableException(int line, String message, String fix) {
        super(message);
        this.line = line;
        this.fix = fix;
    }

    /** Counted from 1. */
    public int line() {
        return line;
    }

    public String fix() {
        return fix;
    }
}
