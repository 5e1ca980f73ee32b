// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.fill;

import io.jenkins.plugins.releaseguard.contract.grammar.SyntaxProblem;

/** Who must sign, and how, is for whoever writes the contract to say, not for whoever starts a build. */
final class WrittenPlace implements PlaceRule {
    @Override
    public Slot slot(String text, int from, int to) throws SyntaxProblem {
        throw new SyntaxProblem(
                from,
                "who must sign can't come from " + text.substring(from, to)
                        + ": whoever starts the build could choose it",
                "write it out");
    }
}
