// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.lint;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.releaseguard.contract.Problem;
import io.jenkins.plugins.releaseguard.contract.grammar.ReadRule;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Findings for code scanning: SARIF 2.1.0 (OASIS), one run, every rule described. */
public final class SarifOutput {
    private static final ObjectMapper JSON = new ObjectMapper();

    private SarifOutput() {}

    public static String write(List<LintResult> results) {
        ObjectNode root = JSON.createObjectNode()
                .put("$schema", "https://json.schemastore.org/sarif-2.1.0.json")
                .put("version", "2.1.0");
        ObjectNode run = root.putArray("runs").addObject();
        ObjectNode driver = run.putObject("tool").putObject("driver").put("name", "Release Guard");
        List<String> ids = rules(driver.putArray("rules"));
        run.put("columnKind", "utf16CodeUnits");
        ArrayNode findings = run.putArray("results");
        results.forEach(r -> r.problems().forEach(p -> finding(findings.addObject(), p, ids)));
        return root.toPrettyString() + "\n";
    }

    private static List<String> rules(ArrayNode rules) {
        List<String> ids = new ArrayList<>();
        for (ReadRule rule : ReadRule.values()) {
            ids.add(rule.id());
            rules.addObject().put("id", rule.id()).putObject("shortDescription").put("text", rule.title());
        }
        for (LintRule rule : Lint.rules()) {
            ids.add(rule.id());
            ObjectNode node = rules.addObject().put("id", rule.id());
            node.putObject("shortDescription").put("text", rule.title());
            node.putObject("fullDescription")
                    .put(
                            "text",
                            "Prevents: " + rule.prevents().title() + " - "
                                    + rule.prevents().harm() + ".");
            node.putObject("defaultConfiguration")
                    .put("level", level(rule.severity().name()));
            node.putObject("properties").putArray("tags").add(rule.category().text());
        }
        return ids;
    }

    private static String level(String severity) {
        return severity.toLowerCase(Locale.ROOT);
    }

    private static void finding(ObjectNode node, Problem p, List<String> ids) {
        node.put("ruleId", p.rule());
        if (ids.contains(p.rule())) {
            node.put("ruleIndex", ids.indexOf(p.rule()));
        }
        node.put("level", level(p.severity().name()));
        String fix = p.fix() == null || p.fix().isEmpty() ? "" : " - " + p.fix();
        node.putObject("message").put("text", p.message() + fix);
        ObjectNode place = node.putArray("locations").addObject().putObject("physicalLocation");
        place.putObject("artifactLocation").put("uri", uri(p.at().file()));
        if (p.at().line() > 0) {
            ObjectNode region = place.putObject("region").put("startLine", p.at().line());
            if (p.at().column() > 0) {
                region.put("startColumn", p.at().column());
            }
        }
    }

    /** A relative path stays relative, so that a viewer finds it in its own copy of the repository. */
    private static String uri(String file) {
        String path = file.replace('\\', '/');
        boolean drive = path.matches("[A-Za-z]:/.*");
        boolean absolute = drive || path.startsWith("/");
        // a colon in the first part would be taken for the end of a scheme
        boolean colon = !absolute
                && path.indexOf(':') >= 0
                && !path.substring(0, path.indexOf(':')).contains("/");
        try {
            return new URI(
                            absolute ? "file" : null,
                            absolute ? "" : null,
                            (drive ? "/" : colon ? "./" : "") + path,
                            null)
                    .toASCIIString();
        } catch (URISyntaxException e) {
            return "release.yaml";
        }
    }
}
