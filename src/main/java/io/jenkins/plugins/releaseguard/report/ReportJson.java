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

    private ReportJson() {}

    /** A report.json that was read: the report, and its seal or null. */
    public record Sealed(Report report, Seal seal) {}

    /** @param seal null while the release runs */
    public static String of(Report report, Seal seal) {
        ObjectNode node = JSON.valueToTree(report);
        node.set("seal", seal == null ? node.nullNode() : JSON.valueToTree(seal));
        return text(node);
    }

    /** The text that the seal's {@code report} is the digest of. */
    public static String withoutSeal(Report report) {
        return text(JSON.valueToTree(report));
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

    static Seal seal(ObjectNode tree) throws JsonProcessingException {
        return tree.path("seal").isObject() ? JSON.treeToValue(tree.get("seal"), Seal.class) : null;
    }

    public static Sealed read(String json) throws JsonProcessingException {
        ObjectNode tree = tree(json);
        Seal seal = seal(tree);
        tree.remove("seal");
        return new Sealed(JSON.treeToValue(tree, Report.class), seal);
    }
}
