// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract;

import io.jenkins.plugins.releaseguard.contract.read.Problems;
import java.util.List;

/** What a refused text owes its author: at least one error, and each problem with a rule, a place and a short message. */
final class Refusal {
    private static final int LONGEST = 600;

    private Refusal() {}

    static void check(ContractException refused) {
        List<Problem> problems = refused.problems();
        if (problems.stream().noneMatch(Problem::isError)) {
            throw new AssertionError("refused without an error: " + problems);
        }
        if (problems.size() > Problems.MOST + 1) {
            throw new AssertionError(problems.size() + " problems, the limit is " + (Problems.MOST + 1));
        }
        for (Problem problem : problems) {
            if (!problem.rule().startsWith("RG-")
                    || problem.message().isBlank()
                    || problem.message().length() >= LONGEST
                    || problem.at().file().isBlank()) {
                throw new AssertionError("a problem without rule, place or readable message: " + problem);
            }
        }
    }
}
