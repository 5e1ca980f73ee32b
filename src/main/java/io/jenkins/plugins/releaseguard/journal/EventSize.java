// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Map;

/** Events as large as a journal takes them. What is larger is cut, before anything follows from it, and says so. */
public final class EventSize {
    /** In characters; in bytes a line is at most four times as long, and then still under {@link JournalLine#MAX_BYTES}. */
    private static final int MOST = 1 << 20;

    private static final int LONG_TEXT = 10_000;
    private static final int MANY = 1000;
    private static final int SHORTEST = 10;

    private EventSize() {}

    /** The event itself, or what is left of it. A look that is too large is one that said nothing. */
    public static Event fit(Event event) {
        if (event instanceof Event.Looked look) {
            long weight = weight(look);
            return weight <= MOST
                    ? event
                    : new Event.Looked(
                            look.phase(),
                            look.from(),
                            look.to(),
                            List.of(),
                            "the sources said " + weight + " characters, more than a record takes");
        }
        if (event instanceof Event.RouterRead read && length(read) <= LONG_TEXT) {
            // comes as often, and need not be written to be measured
            return event;
        }
        if (isShort(event)) {
            return event;
        }
        int was = EventJson.length(event);
        if (was <= MOST) {
            return event;
        }
        ObjectNode node = EventJson.write(event);
        try {
            for (int part = 1; length(node) > MOST && LONG_TEXT / part >= SHORTEST; part *= 10) {
                cut(node, LONG_TEXT / part, MANY / part + 1);
            }
            if (length(node) <= MOST) {
                return EventJson.read(node);
            }
        } catch (JsonProcessingException e) {
            // then it is told, and left out
        }
        return new Event.Noted(
                NoteKind.ISSUE,
                "an event '" + node.path("type").asText() + "' of " + was + " characters was left out of the record");
    }

    /** Whether it is so short, as texts and numbers, that it need not be written to be measured: most events are. */
    private static boolean isShort(Event event) {
        if (event instanceof Event.Done done) {
            return length(done.error()) <= LONG_TEXT;
        }
        if (event instanceof Event.Intended intended) {
            return length(intended.detail()) <= LONG_TEXT;
        }
        if (event instanceof Event.Noted noted) {
            return length(noted.text()) <= LONG_TEXT;
        }
        return event instanceof Event.PhaseStarted
                || event instanceof Event.BakeStarted
                || event instanceof Event.LookLate
                || event instanceof Event.CanaryEnded
                || event instanceof Event.Released
                || event instanceof Event.RollbackActed
                || event instanceof Event.RollbackConfirmed
                || event instanceof Event.Recovered;
    }

    private static int length(JsonNode node) {
        try {
            return EventJson.text(node).length();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain values can always be written", e);
        }
    }

    private static void cut(JsonNode node, int text, int many) {
        if (node instanceof ArrayNode array) {
            while (array.size() > many) {
                array.remove(array.size() - 1);
            }
            for (int i = 0; i < array.size(); i++) {
                array.set(i, shortened(array.get(i), text, many));
            }
        } else if (node instanceof ObjectNode object) {
            List<String> names = List.copyOf(
                    object.properties().stream().map(Map.Entry::getKey).toList());
            for (int i = 0; i < names.size(); i++) {
                if (i >= many) {
                    object.remove(names.get(i));
                } else {
                    object.set(names.get(i), shortened(object.get(names.get(i)), text, many));
                }
            }
        }
    }

    private static JsonNode shortened(JsonNode node, int text, int many) {
        cut(node, text, many);
        return node.isTextual() && node.textValue().length() > text
                ? TextNode.valueOf(node.textValue().substring(0, text) + "… (cut, of "
                        + node.textValue().length() + " characters)")
                : node;
    }

    private static long weight(Event.Looked look) {
        long weight = length(look.error());
        for (Event.Sample s : look.samples() == null ? List.<Event.Sample>of() : look.samples()) {
            weight += s == null
                    ? 0
                    : length(s.metric())
                            + length(s.missing())
                            + size(s.canaryValues())
                            + size(s.baselineValues())
                            + size(s.bounds())
                            + size(s.canaryBuckets())
                            + size(s.baselineBuckets())
                            + size(s.canaryQuantiles())
                            + size(s.baselineQuantiles());
        }
        return weight;
    }

    private static long length(Event.RouterRead read) {
        Event.Behind behind = read.behind();
        return length(read.error())
                + (behind == null
                        ? 0L
                        : 0L
                                + length(behind.set())
                                + length(behind.idle())
                                + length(behind.unfit())
                                + length(behind.process())
                                + length(behind.elsewhere()));
    }

    private static int length(String text) {
        return text == null ? 0 : text.length();
    }

    /** A number has nine bytes at the most. */
    private static long size(List<Double> values) {
        return values == null ? 0 : 9L * values.size();
    }

    private static long size(Map<String, Double> quantiles) {
        return quantiles == null
                ? 0
                : quantiles.keySet().stream()
                        .mapToLong(name -> 9 + length(name))
                        .sum();
    }
}
