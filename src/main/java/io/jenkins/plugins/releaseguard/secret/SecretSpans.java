// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.secret;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/** Where secrets stand in a text. What was found first keeps its place: scanners that know more come first. */
final class SecretSpans {
    private final String text;
    private final TreeMap<Integer, Span> byStart = new TreeMap<>();

    private record Span(String kind, boolean certain, int start, int end) {}

    SecretSpans(String text) {
        this.text = text;
    }

    void add(String kind, boolean certain, int start, int end) {
        var before = byStart.lowerEntry(end);
        if (before == null || before.getValue().end() <= start) {
            byStart.put(start, new Span(kind, certain, start, end));
        }
    }

    List<SecretFinding> findings(int most) {
        Collection<Span> spans = byStart.values();
        List<SecretFinding> found = new ArrayList<>();
        int line = 1;
        int lineStart = 0;
        int at = 0;
        for (Span span : spans) {
            if (found.size() == most) {
                break;
            }
            for (; at < span.start(); at++) {
                if (text.charAt(at) == '\n') {
                    line++;
                    lineStart = at + 1;
                }
            }
            found.add(new SecretFinding(span.kind(), span.certain(), line, span.start() - lineStart + 1));
        }
        return List.copyOf(found);
    }
}
