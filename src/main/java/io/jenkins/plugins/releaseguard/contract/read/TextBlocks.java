// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.read;

import io.jenkins.plugins.releaseguard.contract.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Splits plain text into entries: {@code DEP-001: Title} begins one; {@code ---}, another heading or the next entry
 * ends it. Markdown's
 * headings, bold labels and code fences are looked through. Each pattern is anchored and linear, as the text may be
 * anyone's.
 */
final class TextBlocks {
    private static final Pattern START =
            Pattern.compile("[#>\\s]*\\**([A-Z]{2,5}-[0-9A-Z]{1,6})\\**\\s*(?::|–|—|-)\\s*(\\S.*)");
    private static final Pattern LABEL =
            Pattern.compile("([-*+]\\s+)?\\**([A-Za-z][A-Za-z ]{1,30})\\**:\\**(?:\\s+(.*))?");
    private static final Pattern ITEM = Pattern.compile("(?:[-*+•]|\\d{1,3}[.)])\\s+(.*)");
    private static final Pattern RULE = Pattern.compile("(?:---+|\\*\\*\\*+|___+|===+)\\s*");
    private static final Pattern HEADING = Pattern.compile("#{1,6}\\s.*");

    private final String file;
    private final List<TextBlock> blocks = new ArrayList<>();
    private TextBlock open;

    private TextBlocks(String file) {
        this.file = file;
    }

    /** The entries of the lines from {@code from} (counted from 0) on. */
    static List<TextBlock> of(List<String> lines, int from, String file) {
        TextBlocks blocks = new TextBlocks(file);
        for (int i = from; i < lines.size(); i++) {
            blocks.line(lines.get(i), i + 1);
        }
        return blocks.blocks;
    }

    private void line(String raw, int number) {
        String line = raw.strip();
        int indent = raw.indexOf(line);
        if (line.isEmpty() || line.startsWith("```") || line.startsWith("~~~")) {
            return;
        }
        Matcher start = START.matcher(line);
        if (start.matches() && start.group(1).startsWith("DEP-")) {
            open = new TextBlock(start.group(1), clean(start.group(2)), new Position(file, number, indent + 1));
            blocks.add(open);
        } else if (RULE.matcher(line).matches() || HEADING.matcher(line).matches()) {
            open = null;
        } else if (open != null) {
            inside(line, indent, number);
        }
    }

    private void inside(String line, int indent, int number) {
        Matcher label = LABEL.matcher(line);
        boolean item = ITEM.matcher(line).matches();
        // under an open list a bullet with a colon is an item of it: "- LOG_LEVEL: info"
        if (label.matches() && !(item && (label.group(1) == null || listOpen()))) {
            String value = label.group(3) == null ? "" : clean(label.group(3));
            if (value.isEmpty() && label.group(2).startsWith("For ")) {
                return;
            }
            int at = label.group(3) == null ? 0 : label.start(3);
            open.fields()
                    .add(new TextBlock.Line(
                            label.group(2).strip(),
                            value,
                            new Position(file, number, indent + 1),
                            new Position(file, number, indent + at + 1),
                            new ArrayList<>(),
                            new ArrayList<>()));
            return;
        }
        Matcher matcher = ITEM.matcher(line);
        String text = matcher.matches() ? matcher.group(1) : line;
        if (open.fields().isEmpty()) {
            Position at = new Position(file, number, indent + 1);
            open.fields().add(new TextBlock.Line("Description", text, at, at, new ArrayList<>(), new ArrayList<>()));
            return;
        }
        TextBlock.Line last = open.fields().get(open.fields().size() - 1);
        last.more().add(text);
        last.moreAt().add(new Position(file, number, indent + 1 + line.indexOf(text)));
    }

    private boolean listOpen() {
        return !open.fields().isEmpty()
                && open.fields().get(open.fields().size() - 1).value().isEmpty();
    }

    private static String clean(String text) {
        String clean = text.strip();
        return clean.endsWith("**") && clean.indexOf("**") == clean.length() - 2
                ? clean.substring(0, clean.length() - 2).strip()
                : clean;
    }
}
