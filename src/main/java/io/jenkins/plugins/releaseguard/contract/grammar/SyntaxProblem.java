// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.grammar;

import io.jenkins.plugins.releaseguard.contract.Position;
import io.jenkins.plugins.releaseguard.contract.Problem;
import io.jenkins.plugins.releaseguard.contract.Severity;

/** A short text that can't be read; {@code offset} counts characters from its beginning. */
public final class SyntaxProblem extends Exception {
    private static final long serialVersionUID = 1L;

    private final int offset;
    private final String fix;

    public SyntaxProblem(int offset, String message, String fix) {
        super(message, null, false, false);
        this.offset = offset;
        this.fix = fix;
    }

    int offset() {
        return offset;
    }

    String fix() {
        return fix;
    }

    public Problem at(ReadRule rule, Position start) {
        return new Problem(
                Severity.ERROR,
                rule.id(),
                new Position(start.file(), start.line(), start.column() == 0 ? 0 : start.column() + offset),
                getMessage(),
                fix);
    }
}
