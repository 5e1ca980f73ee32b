// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.read;

import io.jenkins.plugins.releaseguard.contract.Position;
import java.util.ArrayList;
import java.util.List;

/**
 * A plain-text entry: its id and title, the labelled fields below them, and the boxes of its checklist.
 *
 * @param id empty for a box outside of entries, until all ids are known
 */
record TextBlock(String id, String title, Position at, List<Line> fields, List<Box> boxes) {
    TextBlock(String id, String title, Position at) {
        this(id, title, at, new ArrayList<>(), new ArrayList<>());
    }

    /** A box as {@code [x] Load test (by ann)}. */
    record Box(String item, Position at) {}

    /** The same under another id and title. */
    TextBlock named(String newId, String newTitle) {
        return new TextBlock(newId, newTitle, at, fields, boxes);
    }

    void add(String label, String value, Position where) {
        fields.add(new Line(label, value, where, where, new ArrayList<>(), new ArrayList<>()));
    }

    /** The value of a label in any letters; empty for none. */
    String value(String plain) {
        return fields.stream()
                .filter(line -> TextEntry.plain(line.label()).equals(plain))
                .map(Line::value)
                .findFirst()
                .orElse("");
    }

    /** A labelled value; {@code more} are the lines below it, each without its bullet or number. */
    record Line(String label, String value, Position at, Position valueAt, List<String> more, List<Position> moreAt) {
        /** Value and further lines as one text. */
        String all() {
            List<String> parts = new ArrayList<>();
            if (!value.isEmpty()) {
                parts.add(value);
            }
            parts.addAll(more);
            return String.join("\n", parts);
        }
    }

    /** Whether its type is given. */
    boolean hasType() {
        return fields.stream().anyMatch(line -> TextEntry.plain(line.label()).equals("type"));
    }

    /** Whether lines that follow are items of a label's list. */
    boolean isListOpen() {
        return !fields.isEmpty() && fields.get(fields.size() - 1).value().isEmpty();
    }

    /** Whether ids are expected here that are only named. */
    boolean isLinked() {
        return !fields.isEmpty()
                && TextEntry.plain(fields.get(fields.size() - 1).label()).equals("linkedids");
    }
}
