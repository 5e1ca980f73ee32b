// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.read;

import java.util.BitSet;
import java.util.List;

/** Which lines stand in a fenced code block (CommonMark 4.5); one that never ends holds none, as it would hide all that follows. */
final class TextFences {
    private TextFences() {}

    /** By the index of the line. */
    static BitSet in(List<TextLine> lines) {
        BitSet fenced = new BitSet(lines.size());
        int from = -1;
        String opened = "";
        for (int i = 0; i < lines.size(); i++) {
            String text = lines.get(i).text();
            String marks = marks(text);
            if (from < 0 && marks.length() >= 3 && text.indexOf('`', marks.length()) < 0) {
                from = i;
                opened = marks;
            } else if (from >= 0 && marks.startsWith(opened) && marks.equals(text)) {
                fenced.set(from, i + 1);
                from = -1;
            }
        }
        return fenced;
    }

    /** The backticks or tildes with which a line begins. */
    private static String marks(String text) {
        int end = 0;
        while (end < text.length() && text.charAt(end) == text.charAt(0) && "`~".indexOf(text.charAt(end)) >= 0) {
            end++;
        }
        return text.substring(0, end);
    }
}
