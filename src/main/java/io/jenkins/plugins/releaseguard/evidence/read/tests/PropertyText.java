// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.read.tests;

import javax.xml.stream.XMLStreamReader;

/** The text of one short element, while it is open. */
final class PropertyText {
    private static final int LONGEST = 300;

    private final StringBuilder text = new StringBuilder();
    private boolean open;

    void begin() {
        open = true;
        text.setLength(0);
    }

    void add(XMLStreamReader reader) {
        if (open && text.length() < LONGEST) {
            int length = Math.min(reader.getTextLength(), LONGEST - text.length());
            text.append(reader.getTextCharacters(), reader.getTextStart(), length);
        }
    }

    String end() {
        open = false;
        return text.toString();
    }
}
