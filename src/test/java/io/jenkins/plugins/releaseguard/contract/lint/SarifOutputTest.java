// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.lint;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import io.jenkins.plugins.releaseguard.catalog.Catalog;
import io.jenkins.plugins.releaseguard.contract.ContractException;
import io.jenkins.plugins.releaseguard.contract.Position;
import io.jenkins.plugins.releaseguard.contract.Problem;
import io.jenkins.plugins.releaseguard.contract.Severity;
import io.jenkins.plugins.releaseguard.contract.read.Variables;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The output against the schema that OASIS publishes for SARIF 2.1.0, and what the schema can't say. */
class SarifOutputTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonSchema SCHEMA = schema();

    private static JsonSchema schema() {
        try (InputStream in = SarifOutputTest.class.getResourceAsStream("/schema/sarif-schema-2.1.0.json")) {
            SchemaValidatorsConfig strict = SchemaValidatorsConfig.builder()
                    .formatAssertionsEnabled(true)
                    .build();
            return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V4).getSchema(in, strict);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode written(LintResult... results) throws IOException {
        JsonNode log = JSON.readTree(SarifOutput.write(List.of(results)));
        assertThat(SCHEMA.validate(log)).isEmpty();
        return log;
    }

    private static LintResult linted(String contract) {
        try {
            return new LintResult(
                    "release.yaml",
                    Catalog.STANDARD.lint(
                            Catalog.STANDARD.reader().parse(contract, "release.yaml", Variables.unresolved(Map.of()))));
        } catch (ContractException e) {
            return new LintResult("release.yaml", e.problems());
        }
    }

    private static JsonNode located(Position at) throws IOException {
        Problem problem = new Problem(Severity.ERROR, "RG-YAML", at, "not YAML", "");
        return written(new LintResult(at.file(), List.of(problem))).at("/runs/0/results/0");
    }

    /** The schema itself refuses what isn't SARIF: otherwise the other tests would prove nothing. */
    @Test
    void theSchemaRefusesWhatIsNot() throws IOException {
        for (String not : List.of(
                "{}",
                "{\"version\":\"2.1.0\"}",
                "{\"version\":\"2.1.0\",\"runs\":[{\"tool\":{}}]}",
                "{\"version\":\"2.1.0\",\"runs\":[{\"tool\":{\"driver\":{\"name\":\"x\"}},\"results\":[{}]}]}",
                "{\"version\":\"2.1.0\",\"runs\":[{\"tool\":{\"driver\":{\"name\":\"x\"}},\"results\":[{\"message\":"
                        + "{\"text\":\"m\"},\"level\":\"fatal\"}]}]}")) {
            assertThat(SCHEMA.validate(JSON.readTree(not))).as(not).isNotEmpty();
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "",
                "- a list",
                "apiVersion: release-guard/v1\nrelease: {service: s, version: '1'}\n",
                "apiVersion: release-guard/v1\nrelease: {service: s, version: '1', bake: 2}\nrollout: {bake: 15}\n",
                "a: [",
                "apiVersion: release-guard/v1\nrelease: {service: \"\\u00e9\\u2028<&>\", version: ${X}}\n"
            })
    void whateverTheContractItIsSarif(String contract) throws IOException {
        LintResult result = linted(contract);
        JsonNode run = written(result).at("/runs/0");

        assertThat(run.path("results")).hasSize(result.problems().size()).isNotEmpty();
        Set<String> ids = new HashSet<>();
        run.at("/tool/driver/rules")
                .forEach(rule -> assertThat(ids.add(rule.path("id").asText())).isTrue());
        for (JsonNode one : run.path("results")) {
            JsonNode rule = run.at("/tool/driver/rules/" + one.path("ruleIndex").asInt());
            assertThat(rule.path("id").asText()).isEqualTo(one.path("ruleId").asText());
            assertThat(one.at("/message/text").asText()).isNotBlank();
        }
    }

    @Test
    void nothingFoundIsAnEmptyListAndNotNone() throws IOException {
        assertThat(written(new LintResult("release.yaml", List.of())).at("/runs/0/results"))
                .isEmpty();
        assertThat(written(new LintResult("release.yaml", List.of()))
                        .at("/runs/0/results")
                        .isArray())
                .isTrue();
        assertThat(written().at("/runs/0/results").isArray()).isTrue();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "release.yaml, release.yaml",
        "deploy/my release.yaml, deploy/my%20release.yaml",
        "deploy\\release.yaml, deploy/release.yaml",
        "../other/release.yaml, ../other/release.yaml",
        "/srv/app/release.yaml, file:///srv/app/release.yaml",
        "C:\\app\\release.yaml, file:///C:/app/release.yaml",
        "a:b.yaml, ./a:b.yaml",
        "50%.yaml, 50%25.yaml",
        "größe.yaml, gr%C3%B6%C3%9Fe.yaml",
        "what?#.yaml, what%3F%23.yaml"
    })
    void pathsAreUris(String file, String uri) throws IOException {
        assertThat(located(new Position(file, 3, 5))
                        .at("/locations/0/physicalLocation/artifactLocation/uri")
                        .asText())
                .isEqualTo(uri);
    }

    @Test
    void aPlaceWithoutALineIsTheWholeFile() throws IOException {
        assertThat(located(new Position("release.yaml", 0, 0))
                        .at("/locations/0/physicalLocation")
                        .has("region"))
                .isFalse();
        JsonNode region = located(new Position("release.yaml", 7, 0)).at("/locations/0/physicalLocation/region");
        assertThat(region.path("startLine").asInt()).isEqualTo(7);
        assertThat(region.has("startColumn")).isFalse();
    }

    /** The policy's rules are not among the described ones; their results say so by having no index. */
    @Test
    void aRuleThatIsNotDescribedHasNoIndex() throws IOException {
        Problem problem =
                new Problem(Severity.ERROR, "RG-POLICY-CHECK", new Position("release.yaml", 1, 1), "no scan", "add");

        JsonNode one = written(new LintResult("release.yaml", List.of(problem))).at("/runs/0/results/0");
        assertThat(one.path("ruleId").asText()).isEqualTo("RG-POLICY-CHECK");
        assertThat(one.has("ruleIndex")).isFalse();
    }
}
