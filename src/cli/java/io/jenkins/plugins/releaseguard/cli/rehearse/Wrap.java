// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rehearse;

import java.util.ArrayList;
import java.util.List;

/** Breaks a line between words where it is too long; what follows stands as far in as the line's text, and two more. */
final class Wrap {
    private Wrap() {}

    static List<String> text(String line, int width) {
        List<String> pieces = new ArrayList<>();
        int indent = line.length() - line.stripLeading().length() + 2;
        String rest = line;
        while (rest.length() > width) {
            int at = rest.lastIndexOf(' ', width);
            boolean wordEnd = at > indent;
            pieces.add(rest.substring(0, wordEnd ? at : width));
            rest = " ".repeat(Math.min(indent, width / 3)) + rest.substring(wordEnd ? at + 1 : width);
        }
        pieces.add(rest);
        return pieces;
    }
}
