// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.journal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.releaseguard.text.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;

/**
 * One line of the journal, read: its number, its own hash, the hash it claims for the line before, what it says of the readings so
 * far (null for nothing), and the rest.
 */
record JournalLine(long number, String hash, String prev, ReadingsMark mark, Stamped stamped) {
    /** An event has no business being larger, and a reader must not be made to hold more. */
    static final int MAX_BYTES = 8 << 20;

    /** What stands for the digest of the line before the first. */
    static final String NO_DIGEST = "0".repeat(64);

    static byte[] write(Stamped stamped, String prev) throws IOException {
        return write(stamped, prev, null);
    }

    static byte[] write(Stamped stamped, String prev, ReadingsMark mark) throws IOException {
        ObjectNode head = EventJson.object();
        head.put("seq", stamped.seq());
        head.put("at", stamped.at().toString());
        if (!stamped.wall().equals(stamped.at())) {
            head.put("wall", stamped.wall().toString());
        }
        head.put("prev", prev);
        if (mark != null) {
            mark.write(head);
        }
        String before = EventJson.text(head);
        String event = EventJson.text(stamped.event());
        // the one object's fields, then the other's
        // through a String: a lone surrogate becomes '?', where a byte generator would refuse the whole event
        byte[] line = (before.substring(0, before.length() - 1) + "," + event.substring(1) + "\n")
                .getBytes(StandardCharsets.UTF_8);
        if (line.length > MAX_BYTES) {
            throw new OversizedEventException(line.length, MAX_BYTES);
        }
        return line;
    }

    static JournalLine read(String file, long number, byte[] bytes) throws JournalException {
        try {
            if (!(EventJson.tree(bytes) instanceof ObjectNode node)) {
                throw new JournalException(file, number, "is not a JSON object");
            }
            String prev = text(node, "prev");
            JsonNode seq = node.remove("seq");
            if (seq == null || !seq.isIntegralNumber() || seq.longValue() != number) {
                throw new JournalException(file, number, "has seq " + seq + " where " + number + " belongs");
            }
            Instant at = Instant.parse(text(node, "at"));
            Instant wall = node.has("wall") ? Instant.parse(text(node, "wall")) : at;
            ReadingsMark mark = ReadingsMark.take(node);
            Stamped stamped = new Stamped(number, at, wall, EventJson.read(node));
            return new JournalLine(number, Sha256.hex(bytes), prev, mark, stamped);
        } catch (JournalException e) {
            throw e;
        } catch (IOException | DateTimeException | IllegalArgumentException e) {
            throw new JournalException(
                    file, number, isText(bytes) ? "cannot be read: " + firstLine(e) : "is not UTF-8 text");
        }
    }

    /** What a reader of JSON makes of other bytes names a brace or a quote that is there. */
    private static boolean isText(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static String text(ObjectNode node, String name) {
        JsonNode value = node.remove(name);
        if (value == null || !value.isTextual()) {
            throw new IllegalArgumentException("'" + name + "' is missing");
        }
        return value.textValue();
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
