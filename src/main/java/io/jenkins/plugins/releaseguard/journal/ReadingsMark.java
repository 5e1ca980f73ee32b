// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.journal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What a line of the journal says of the readings before it, by which the chain holds them too: how many there are, their bytes and
 * the SHA-256 of these. {@code anew}: what earlier lines said no longer holds, for the reason that the line gives.
 */
record ReadingsMark(long count, long bytes, String sha256, boolean anew) {
    static final String FIELD = "readings";

    void write(ObjectNode line) {
        ObjectNode node = line.putObject(FIELD);
        node.put("count", count);
        node.put("bytes", bytes);
        node.put("sha256", sha256);
        if (anew) {
            node.put("anew", true);
        }
    }

    /** Takes it out of a line; null where there is none. */
    static ReadingsMark take(ObjectNode line) {
        JsonNode node = line.remove(FIELD);
        if (node == null) {
            return null;
        }
        if (!node.path("count").isIntegralNumber()
                || !node.path("bytes").isIntegralNumber()
                || !node.path("sha256").isTextual()) {
            throw new IllegalArgumentException("'" + FIELD + "' lacks count, bytes or sha256");
        }
        return new ReadingsMark(
                node.get("count").longValue(),
                node.get("bytes").longValue(),
                node.get("sha256").textValue(),
                node.path("anew").booleanValue());
    }
}
