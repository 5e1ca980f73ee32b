// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.read;

import io.jenkins.plugins.releaseguard.contract.Position;
import java.util.ArrayList;
import java.util.List;

/** A plain-text entry: its id and title, and the labelled fields below them. */
record TextBlock(String id, String title, Position at, List<Line> fields) {
    TextBlock(String id, String title, Position at) {
        this(id, title, at, new ArrayList<>());
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
}
