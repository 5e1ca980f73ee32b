// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.carry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ImportCommandTest {
    private static final String CANARY = """
            apiVersion: flagger.app/v1beta1
            kind: Canary
            metadata: {name: shop, namespace: prod}
            spec:
              targetRef: {kind: Deployment, name: shop}
              analysis:
                interval: 1m
                stepWeights: [5, 20]
                webhooks: [{name: load, url: "https://example.org/", metadata: {cmd: "%s"}}]
                metrics: [{name: load, thresholdRange: {max: 5}, query: 'avg(load{w="{{ target }}"})'}]
            """;

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int carry(String... args) {
        return new CommandLine(new ImportCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(args);
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    @Test
    void theContractGoesToStandardOutputAndWhatIsMissingToStandardError() throws IOException {
        String file = file("canary.yaml", CANARY.formatted("hey"));

        assertThat(carry("--owner", "shop-team", "--source", "thanos", "--router", "edge", file))
                .isEqualTo(3);
        assertThat(out.toString())
                .startsWith("apiVersion: release-guard/v1\n")
                .contains(
                        "owner: shop-team",
                        "source: thanos",
                        "router: edge",
                        "threshold: \"> 5\"",
                        "- {weight: 5, bake: 1m}");
        assertThat(err.toString())
                .contains(file + ":9: left: {name: load,", "made by the pipeline", "[RG-ENVIRONMENT-PRESENT]")
                .endsWith("1 metrics, 1 triggers, 2 phases; 1 left, 1 changed\n");
    }

    @Test
    void aFileIsWrittenWhereNoneIs() throws IOException {
        String file = file("canary.yaml", CANARY.formatted("hey"));
        Path contract = folder.resolve("release.yaml");

        assertThat(carry("--out", contract.toString(), file)).isEqualTo(3);
        assertThat(contract).content().startsWith("apiVersion: release-guard/v1");
        assertThat(out.toString()).isEmpty();
        Files.writeString(contract, "mine");
        assertThat(carry("--out", contract.toString(), file)).isEqualTo(2);
        assertThat(contract).hasContent("mine");
    }

    @Test
    void whatLooksLikeASecretIsNotShownAgain() throws IOException {
        String secret = "curl -u ada:S3cr3tS3cr3t9 x";

        carry(file("canary.yaml", CANARY.formatted(secret)));

        assertThat(out + err.toString()).doesNotContain("S3cr3tS3cr3t9");
        assertThat(err.toString()).contains("left: (what looks like a secret)");
    }

    @Test
    void whatCanNotBeUsedExitsOneOrTwoWithTheReason() throws IOException {
        assertThat(carry(file("bad.yaml", "a: [\n"))).isEqualTo(1);
        assertThat(carry(file("other.yaml", "kind: Service\n"))).isEqualTo(1);
        assertThat(err.toString())
                .contains("bad.yaml:", "no format that is known", "nothing of it can stand in a contract");
        assertThat(carry(file("empty.yaml", ""))).isEqualTo(1);
        assertThat(err.toString()).contains("empty.yaml holds no value", "Flagger's Canary");
        assertThat(carry(folder.resolve("gone.yaml").toString())).isEqualTo(2);
        assertThat(err.toString()).contains("there is no file " + folder.resolve("gone.yaml"));
        assertThat(carry("--label", "a b", file("c.yaml", CANARY))).isEqualTo(2);
        assertThat(carry()).isEqualTo(2);
    }

    /** What only a person knows is told apart from what lint advises. */
    @Test
    void whatAPersonMustFillInComesFirst() throws IOException {
        carry("--owner", "shop-team", file("canary.yaml", CANARY.formatted("hey")));

        assertThat(err.toString())
                .containsSubsequence(
                        "what a person must fill in:",
                        "[RG-ENVIRONMENT-PRESENT]",
                        "[RG-CRITERIA-PRESENT]",
                        "[RG-VALIDATION-PRESENT]",
                        "what lint advises besides:",
                        "carried over from");
    }

    @Test
    void whatIsNoTextIsNotRead() throws IOException {
        Path latin = Files.write(folder.resolve("latin.yaml"), new byte[] {'a', ':', ' ', (byte) 0xe9, '\n'});
        Path wide = Files.writeString(folder.resolve("wide.yaml"), "a: b\n", StandardCharsets.UTF_16);
        Path large = Files.write(folder.resolve("large.yaml"), new byte[2 << 20]);
        for (Path file : List.of(latin, wide, large, folder)) {
            assertThat(carry(file.toString())).as(file.toString()).isEqualTo(2);
        }
        assertThat(err.toString()).contains("latin.yaml", "it is not UTF-8 text", "it is larger than 1 MiB");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void nothingOfAFileSteersATerminal() throws IOException {
        carry(file("canary.yaml", CANARY.formatted("x").replace("load,", "\"l\\e[31m\\u202e\",")));

        assertThat(out + err.toString()).doesNotContain("\u001b", "\u202e");
    }
}
