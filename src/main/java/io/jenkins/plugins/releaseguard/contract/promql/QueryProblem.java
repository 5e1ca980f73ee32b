// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.promql;

/** A query can't be read, or what it answers is not what its place needs. */
public final class QueryProblem extends Exception {
    private static final long serialVersionUID = 1L;

    private final int offset;

    QueryProblem(int offset, String message) {
        super(message, null, false, false);
        this.offset = offset;
    }

    /** Of the first character that it is about, from 0. */
    public int offset() {
        return offset;
    }
}
