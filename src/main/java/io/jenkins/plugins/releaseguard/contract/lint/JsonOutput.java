// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.lint;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.releaseguard.contract.Problem;
import io.jenkins.plugins.releaseguard.contract.Severity;
import java.util.List;
import java.util.Locale;

/**
 * Findings for programs:
 * {@code {"files": [{"file", "errors", "warnings", "notes", "problems": [{"severity", "rule", "file", "line", "column", "message", "fix"}]}]}}.
 */
public final class JsonOutput {
    private static final ObjectMapper JSON = new ObjectMapper();

    private JsonOutput() {}

    public static String write(List<LintResult> results) {
        ObjectNode root = JSON.createObjectNode();
        ArrayNode files = root.putArray("files");
        for (LintResult result : results) {
            ObjectNode file = files.addObject()
                    .put("file", result.file())
                    .put("errors", result.count(Severity.ERROR))
                    .put("warnings", result.count(Severity.WARNING))
                    .put("notes", result.count(Severity.NOTE));
            ArrayNode problems = file.putArray("problems");
            for (Problem p : result.problems()) {
                problems.addObject()
                        .put("severity", p.severity().name().toLowerCase(Locale.ROOT))
                        .put("rule", p.rule())
                        .put("file", p.at().file())
                        .put("line", p.at().line())
                        .put("column", p.at().column())
                        .put("message", p.message())
                        .put("fix", p.fix() == null ? "" : p.fix());
            }
        }
        return root.toPrettyString() + "\n";
    }
}
