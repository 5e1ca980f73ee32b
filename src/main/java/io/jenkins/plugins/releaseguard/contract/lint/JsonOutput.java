// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.lint;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.contract.Problem;
import io.jenkins.plugins.releaseguard.contract.Severity;
import io.jenkins.plugins.releaseguard.contract.promql.QueryExplanation;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Findings for programs:
 * {@code {"files": [{"file", "errors", "warnings", "notes", "problems": [{"severity", "rule", "file", "line", "column", "message", "fix"}]}]}},
 * and where they are explained a file's metrics: {@code {"metrics": [{"id", "name", "kind", "source", "queries": [{"field", "query", "state",
 * "is", "asked"}]}]}}.
 */
public final class JsonOutput {
    private static final ObjectMapper JSON = new ObjectMapper();

    private JsonOutput() {}

    public static String write(List<LintResult> results) {
        return write(results, Map.of());
    }

    /** @param explained by file, the metrics whose queries are explained */
    public static String write(List<LintResult> results, Map<String, List<Metric>> explained) {
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
            if (explained.containsKey(result.file())) {
                explain(explained.get(result.file()), file.putArray("metrics"));
            }
        }
        return root.toPrettyString() + "\n";
    }

    private static void explain(List<Metric> metrics, ArrayNode all) {
        for (Metric metric : metrics) {
            ArrayNode queries = all.addObject()
                    .put("id", metric.id())
                    .put("name", metric.name())
                    .put("kind", metric.kind().name().toLowerCase(Locale.ROOT))
                    .put("source", metric.source())
                    .putArray("queries");
            for (QueryExplanation.Part part : QueryExplanation.parts(metric)) {
                queries.addObject()
                        .put("field", part.field())
                        .put("query", part.query())
                        .put("state", part.state())
                        .put("is", part.is())
                        .put("asked", part.asked());
            }
        }
    }
}
