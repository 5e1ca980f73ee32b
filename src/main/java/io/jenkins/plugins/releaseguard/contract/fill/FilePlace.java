// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.fill;

import io.jenkins.plugins.releaseguard.contract.grammar.SyntaxProblem;

/**
 * A path, a pattern or a job's name: a value is one name between slashes, or, where nothing stands beside it, a path of
 * such names. It has no signs of patterns, and leads nowhere up.
 */
final class FilePlace implements PlaceRule {
    private static final int MOST = 1000;

    @Override
    public Slot slot(String text, int from, int to) {
        boolean alone = text.strip().length() == to - from;
        return value -> {
            String wrong = wrong(value, alone);
            if (wrong != null) {
                throw new SyntaxProblem(
                        from,
                        "the value of " + text.substring(from, to) + " " + wrong,
                        alone
                                ? "fill in a path below the workspace"
                                : "fill in one name, without / \\ * ? [ ] { } and control characters");
            }
            return value;
        };
    }

    private static String wrong(String value, boolean alone) {
        if (value.isEmpty()) {
            return "is empty";
        }
        if (value.chars().anyMatch(c -> "\\*?[]{}".indexOf(c) >= 0 || Character.isISOControl(c))) {
            return "holds a sign of patterns, a backslash or a control character";
        }
        if (value.matches("[A-Za-z]:.*") || value.startsWith("/")) {
            return "begins at the root";
        }
        String[] names = value.split("/", -1);
        if (names.length > 1 && !alone) {
            return "holds a slash";
        }
        for (String name : names) {
            if (name.strip().chars().allMatch(c -> c == '.')) {
                return "is or has a name of dots, or an empty one";
            }
        }
        return null;
    }

    @Override
    public void check(String text) throws SyntaxProblem {
        Sizes.require(text, MOST, "a path");
    }
}
