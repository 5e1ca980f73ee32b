// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.fill;

import io.jenkins.plugins.releaseguard.contract.grammar.SyntaxProblem;

/** A shell would read a value as a part of the program, however it is quoted there. */
final class ShellPlace implements PlaceRule {
    @Override
    public Slot slot(String text, int from, int to) throws SyntaxProblem {
        String written = text.substring(from, to);
        String name = written.endsWith("}") ? written.substring(2, written.length() - 1) : "NAME";
        throw new SyntaxProblem(
                from,
                "a shell reads this text, so that the value of " + written + (written.endsWith("}") ? "" : "…")
                        + " would be a part of the program",
                "the command has the value in its environment: write \"$" + name + "\", in double quotes; $${" + name
                        + "} leaves ${" + name + "} for the shell");
    }
}
