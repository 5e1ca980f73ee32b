// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.fill;

import io.jenkins.plugins.releaseguard.contract.grammar.SyntaxProblem;

/** How long texts may be that something else reads. */
final class Sizes {
    private Sizes() {}

    static void require(String text, int most, String what) throws SyntaxProblem {
        if (text.length() > most) {
            throw new SyntaxProblem(
                    0, what + " of " + text.length() + " characters, the limit is " + most, "write a shorter one");
        }
    }
}
