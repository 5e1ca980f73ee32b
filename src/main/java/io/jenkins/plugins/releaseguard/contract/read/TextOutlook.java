// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.read;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the lines below a line say of it. */
final class TextOutlook {
    private static final Pattern ITEM = Pattern.compile("(?:[-*+•]|\\d{1,3}+[.)])\\s.*");

    /** How many lines below its id an entry's type is looked for. */
    private static final int TYPE_WITHIN = 12;

    private TextOutlook() {}

    /** Whether a line is drawn below it, which makes it a heading. */
    static boolean underlined(List<TextLine> lines, int i) {
        return i + 1 < lines.size()
                && lines.get(i + 1).isUnderline()
                && !ITEM.matcher(lines.get(i).text()).matches();
    }

    /** Whether a type stands below a line, before anything else begins. */
    static boolean typed(List<TextLine> lines, int i) {
        for (int k = i + 1; k < Math.min(lines.size(), i + TYPE_WITHIN); k++) {
            TextLine line = lines.get(k).text().startsWith(">") ? lines.get(k).from(1) : lines.get(k);
            Optional<TextLabel> label = TextLabel.in(line);
            if (label.isPresent() && label.get().isType()) {
                return true;
            }
            if (k > i + 1 && line.isRule()
                    || TextHead.isHeading(line)
                    || TextHead.in(line)
                            .filter(h -> h.kind() == TextHead.Kind.HEAD)
                            .isPresent()) {
                return false;
            }
        }
        return false;
    }

    /** A value without the end of an emphasis that began before it. */
    static String unmarked(String text) {
        String clean = text.strip();
        return clean.endsWith("**") && clean.indexOf("**") == clean.length() - 2
                ? clean.substring(0, clean.length() - 2).strip()
                : clean;
    }
}
