// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.releaseguard.journal.EventJson;

/** report.json: the report's fields in their order, the seal last (null while the release runs). */
public final class ReportJson {
    private static final ObjectMapper JSON = EventJson.mapper();
    private static final ObjectWriter PRETTY = JSON.writer(new DefaultPrettyPrinter()
            .withObjectIndenter(new DefaultIndenter("  ", "\n"))); // never the platform's line ends

    private static final String SEAL = "seal";

    private ReportJson() {}

    /** A report.json that was read: the report, and its seal or null. */
    public record Sealed(Report report, Seal seal) {}

    /** @param seal null while the release runs */
    public static String of(Report report, Seal seal) {
        ObjectNode node = JSON.valueToTree(report);
        node.set(SEAL, seal == null ? node.nullNode() : JSON.valueToTree(seal));
        return text(node);
    }

    /** The text that the seal's {@code report} is the digest of. */
    public static String withoutSeal(Report report) {
        return text(JSON.valueToTree(report));
    }

    /**
     * The text that was sealed, taken out of a sealed one as it stands, so that no other printing of a number alters it; null where the
     * text doesn't end with its seal as we write it.
     */
    static String sealedPart(String json, Seal seal) {
        ObjectNode alone = JSON.createObjectNode();
        alone.set(SEAL, JSON.valueToTree(seal));
        // the last field follows a comma, in a line of its own
        String end = "," + text(alone).substring(1);
        return json.endsWith(end) ? json.substring(0, json.length() - end.length()) + "\n}\n" : null;
    }

    /** The fields of a report. */
    static ObjectNode tree(Report report) {
        return JSON.valueToTree(report);
    }

    static String text(JsonNode node) {
        try {
            return PRETTY.writeValueAsString(node) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain values can always be written", e);
        }
    }

    static ObjectNode tree(String json) throws JsonProcessingException {
        JsonNode node = JSON.readTree(json);
        if (!(node instanceof ObjectNode object)) {
            throw new com.fasterxml.jackson.databind.JsonMappingException(null, "is not a JSON object");
        }
        return object;
    }

    /** Null where there is none; one that is no seal can't be read. */
    static Seal seal(ObjectNode tree) throws JsonProcessingException {
        JsonNode seal = tree.path(SEAL);
        if (seal.isMissingNode() || seal.isNull()) {
            return null;
        }
        if (!seal.isObject()) {
            throw new com.fasterxml.jackson.databind.JsonMappingException(null, "its seal is no object");
        }
        return JSON.treeToValue(seal, Seal.class);
    }

    public static Sealed read(String json) throws JsonProcessingException {
        ObjectNode tree = tree(json);
        Seal seal = seal(tree);
        tree.remove(SEAL);
        return new Sealed(JSON.treeToValue(tree, Report.class), seal);
    }
}
