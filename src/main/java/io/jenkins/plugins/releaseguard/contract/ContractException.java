// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract;

import java.util.List;
import java.util.stream.Collectors;

/** A contract that can't be used; the message lists every problem, one a line. */
public final class ContractException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    public ContractException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** All problems found, in the order of the file; at least one is an error. */
    public List<Problem> problems() {
        return problems == null ? List.of() : problems;
    }
}
