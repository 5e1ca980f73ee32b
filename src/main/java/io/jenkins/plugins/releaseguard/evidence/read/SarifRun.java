// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.read;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.releaseguard.text.Lines;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A tool's run: the name, whether the tool says that it failed, whether it wrote any results at all (an empty list is a
 * result, none is not), and the findings with their levels resolved.
 */
public record SarifRun(String tool, boolean failed, boolean hasResults, List<Finding> findings) {
    private static final Set<String> LEVELS = Set.of("none", "note", "warning", "error");

    /** A finding: {@code level} is none, note, warning or error; {@code baseline} new, unchanged, updated, absent or empty. */
    public record Finding(String rule, String level, boolean suppressed, String baseline, String where, String print) {}

    static SarifRun of(JsonNode tool, JsonNode invocations, List<SarifResult> results) throws FormatException {
        boolean failed = false;
        if (invocations != null) {
            for (JsonNode invocation : invocations) {
                failed |= invocation.path("executionSuccessful").isBoolean()
                        && !invocation.path("executionSuccessful").asBoolean();
            }
        }
        String name = tool.path("driver").path("name").asText();
        if (results == null) {
            return new SarifRun(name, failed, false, List.of());
        }
        Map<String, String> levels = new HashMap<>();
        rules(tool.path("driver"), levels);
        tool.path("extensions").forEach(e -> rules(e, levels));
        List<Finding> findings = new ArrayList<>(results.size());
        for (SarifResult result : results) {
            findings.add(finding(tool, levels, result, name));
        }
        return new SarifRun(name, failed, true, List.copyOf(findings));
    }

    private static void rules(JsonNode component, Map<String, String> levels) {
        for (JsonNode rule : component.path("rules")) {
            levels.putIfAbsent(
                    rule.path("id").asText(""),
                    rule.path("defaultConfiguration").path("level").asText(""));
        }
    }

    private static Finding finding(JsonNode tool, Map<String, String> levels, SarifResult result, String name)
            throws FormatException {
        JsonNode component = result.component() < 0
                ? tool.path("driver")
                : tool.path("extensions").path(result.component());
        JsonNode rule = result.index() < 0
                ? component.path("none")
                : component.path("rules").path(result.index());
        String id = result.rule().isEmpty() ? rule.path("id").asText("").intern() : result.rule();
        String level = level(result, rule, levels, id);
        if (!LEVELS.contains(level)) {
            throw new FormatException("not SARIF: no level '" + Lines.bounded(level, 40) + "'");
        }
        return new Finding(
                id,
                level,
                result.suppressed(),
                result.baseline(),
                result.where(),
                name + "|" + id + "|" + result.print());
    }

    /** SARIF 2.1.0, 3.27.10: the result's own, none where its kind isn't fail, the rule's, warning. */
    private static String level(SarifResult result, JsonNode rule, Map<String, String> levels, String id) {
        if (!result.level().isEmpty()) {
            return result.level();
        }
        if (!result.kind().isEmpty() && !result.kind().equals("fail")) {
            return "none";
        }
        String level = rule.path("defaultConfiguration").path("level").asText("");
        if (level.isEmpty()) {
            int slash = id.indexOf('/');
            level = levels.getOrDefault(id, slash < 0 ? "" : levels.getOrDefault(id.substring(0, slash), ""));
        }
        return level.isEmpty() ? "warning" : level.intern();
    }
}
