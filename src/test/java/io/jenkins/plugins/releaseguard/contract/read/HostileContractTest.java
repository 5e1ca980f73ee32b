// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.releaseguard.catalog.Catalog;
import io.jenkins.plugins.releaseguard.contract.Contract;
import io.jenkins.plugins.releaseguard.contract.ContractException;
import io.jenkins.plugins.releaseguard.contract.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Contracts written to hurt the reader: each is refused with a problem, not with a crash, a hang or someone else's
 * file.
 */
class HostileContractTest {
    private static final String HEAD = "apiVersion: release-guard/v1\nrelease: {service: s, version: '1'}\n";

    @TempDir
    private Path folder;

    private static List<Problem> problems(String text) {
        ContractException e = catchThrowableOfType(
                ContractException.class, () -> Catalog.STANDARD.reader().parse(text, "release.yaml", Variables.none()));
        assertThat(e).as("refused").isNotNull();
        return e.problems();
    }

    private List<Problem> problems(Path file) {
        ContractException e = catchThrowableOfType(
                ContractException.class, () -> Catalog.STANDARD.reader().read(file, Variables.none()));
        assertThat(e).as("refused").isNotNull();
        return e.problems();
    }

    private Path write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    @Test
    void billionLaughs() {
        StringBuilder yaml = new StringBuilder("a0: &a0 [lol, lol]\n");
        for (int i = 1; i < 10; i++) {
            yaml.append("a").append(i).append(": &a").append(i).append(" [");
            yaml.append(("*a" + (i - 1) + ", ").repeat(9))
                    .append("*a")
                    .append(i - 1)
                    .append("]\n");
        }
        assertThat(problems(yaml.toString())).extracting(Problem::rule).containsExactly("RG-ALIAS");
    }

    @Test
    void billionLaughsWithFewAliases() {
        StringBuilder yaml = new StringBuilder("a0: &a0 [lol, lol]\n");
        for (int i = 1; i < 24; i++) {
            yaml.append("a" + i + ": &a" + i + " [*a" + (i - 1) + ", *a" + (i - 1) + "]\n");
        }
        assertThat(problems(yaml.toString())).singleElement().satisfies(p -> {
            assertThat(p.rule()).isEqualTo("RG-SIZE");
            assertThat(p.message()).contains("aliases counted where they are used");
        });
    }

    @Test
    void cyclicAnchor() {
        assertThat(problems(HEAD + "entries: &x\n  - *x\n")).singleElement().satisfies(p -> {
            assertThat(p.rule()).isEqualTo("RG-ALIAS");
            assertThat(p.message()).isEqualTo("the anchor &x contains itself");
        });
        assertThat(problems("&x\nrelease: *x\n")).extracting(Problem::rule).containsExactly("RG-ALIAS");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "x: !!javax.script.ScriptEngineManager [!!java.net.URLClassLoader [[!!java.net.URL"
                        + " [\"http://127.0.0.1/\"]]]]\n",
                "x: !!java.io.File [/etc/passwd]\n",
                "x: !include /etc/passwd\n",
                "x: !!binary aGVsbG8=\n",
                "x: !!set {a, b}\n",
            })
    void objectTags(String yaml) {
        assertThat(problems(yaml)).extracting(Problem::rule).containsExactly("RG-TAG");
    }

    @Test
    void tooDeep() {
        assertThat(problems("x: " + "[".repeat(5000) + "]".repeat(5000)))
                .extracting(Problem::rule)
                .containsExactly("RG-SIZE");
        assertThat(problems("x: " + "{a: ".repeat(5000)))
                .extracting(Problem::rule)
                .containsExactly("RG-SIZE");
    }

    @Test
    void tooLarge() throws IOException {
        String huge = HEAD + "# " + "x".repeat(YamlText.MOST_CHARACTERS);

        assertThat(problems(huge)).extracting(Problem::rule).containsExactly("RG-SIZE");
        assertThat(problems(write("release.yaml", huge)))
                .extracting(Problem::rule)
                .containsExactly("RG-SIZE");
        assertThat(problems(write("release.md", huge)))
                .extracting(Problem::rule)
                .containsExactly("RG-SIZE");
    }

    @Test
    void tooManyMistakesAreNotAllTold() {
        String many = HEAD + "entries:\n" + "  - {id: x, type: Step}\n".repeat(5000);

        assertThat(problems(many))
                .hasSizeBetween(100, Problems.MOST + 1)
                .last()
                .extracting(Problem::message)
                .isEqualTo("there are more problems than these");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "../secret.yaml",
                "a/../../secret.yaml",
                "/../secret.yaml",
                "//etc/passwd",
                "a//b",
                ".git/config",
                "a\\b",
                "C:/x",
                "~/x",
                "./x",
                "a/./b",
                "file:///etc/passwd"
            })
    void pathTraversal(String path) throws IOException {
        write("secret.yaml", "apiVersion: release-guard/v1\nentries: []\n");

        assertThat(problems(write("repository/release.yaml", HEAD + "include: ['" + path + "']\n")))
                .singleElement()
                .satisfies(p -> {
                    assertThat(p.rule()).isEqualTo("RG-INCLUDE");
                    assertThat(p.message()).contains("no path that may be included");
                });
    }

    @Test
    void symbolicLinks() throws IOException {
        Path outside = write("outside/shared.yaml", "apiVersion: release-guard/v1\nentries: []\n");
        Files.createDirectories(folder.resolve("repository"));
        Files.createSymbolicLink(folder.resolve("repository/file.yaml"), outside);
        Files.createSymbolicLink(folder.resolve("repository/folder"), outside.getParent());
        Files.createSymbolicLink(folder.resolve("repository/link.yaml"), write("whole.yaml", HEAD));

        assertThat(problems(write("repository/release.yaml", HEAD + "include: [file.yaml, folder/shared.yaml]\n")))
                .hasSize(2)
                .allSatisfy(p -> assertThat(p.message()).contains("symbolic link"));
        assertThat(problems(folder.resolve("repository/link.yaml")))
                .extracting(Problem::message)
                .containsExactly("this is a symbolic link");
    }

    @Test
    void includesThatIncludeOrAreTooMany() throws IOException {
        write("a.yaml", "apiVersion: release-guard/v1\ninclude: [b.yaml]\n");
        assertThat(problems(write("release.yaml", HEAD + "include: [a.yaml]\n")))
                .extracting(Problem::message)
                .containsExactly("the included file has no field 'include'");
        assertThat(problems(write("release.yaml", HEAD + "include: [missing.yaml, missing.yaml]\n")))
                .extracting(Problem::message)
                .containsExactlyInAnyOrder(
                        "missing.yaml can't be included: there is no such file", "missing.yaml is included twice");
        StringBuilder many = new StringBuilder(HEAD + "include:\n");
        for (int i = 0; i < 21; i++) {
            many.append("  - f").append(i).append(".yaml\n");
        }
        assertThat(problems(write("release.yaml", many.toString())))
                .extracting(Problem::message)
                .containsExactly("21 includes, the limit is 20");
    }

    @Test
    void filesThatAreNone() throws IOException {
        assertThat(problems(folder)).extracting(Problem::message).containsExactly("this is a folder");
        assertThat(problems(folder.resolve("no.yaml")))
                .extracting(Problem::message)
                .containsExactly("there is no such file");
        Path binary = folder.resolve("binary.yaml");
        Files.write(binary, new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});
        assertThat(problems(binary))
                .extracting(Problem::message)
                .containsExactly("the file can't be read: it is not UTF-8 text");
        assertThat(problems("release: \u0000\n"))
                .extracting(Problem::message)
                .containsExactly("the character U+0000 may not stand in a contract");
    }

    /** What is filled in is text: it can bring in no structure, no second variable, and no secret. */
    @Test
    void variablesCantInjectStructure() throws ContractException {
        String evil = "1} entries: [{id: DEP-666}] ${SECRET} *x !!java.io.File";
        Variables variables = new Variables(Map.of("V", evil, "SECRET", "s3cr3t"), Set.of("SECRET"));

        Contract contract = Catalog.STANDARD
                .reader()
                .parse(
                        "apiVersion: release-guard/v1\nrelease: {service: s, version: \"${V}\", scope: \"$${V} $V\"}\n",
                        "release.yaml",
                        variables);

        assertThat(contract.release().version()).isEqualTo(evil);
        assertThat(contract.release().scope()).isEqualTo("${V} $V");
        assertThat(contract.entries()).isEmpty();
        assertThat(variables.toString()).doesNotContain("s3cr3t");
    }

    @Test
    void aSecretsValueIsNeverShown() {
        ContractException e = catchThrowableOfType(
                ContractException.class,
                () -> Catalog.STANDARD
                        .reader()
                        .parse(
                                "apiVersion: release-guard/v1\nrelease: {service: '${TOKEN}', version: '1'}\n",
                                "release.yaml",
                                new Variables(Map.of("TOKEN", "s3cr3t"), Set.of("TOKEN"))));

        assertThat(e).hasMessageContaining("RG-SENSITIVE").hasMessageNotContaining("s3cr3t");
    }

    @Test
    void allProblemsAreToldAtOnce() {
        assertThat(problems("""
            apiVersion: release-guard/v2
            release: {service: s, versoin: '1'}
            rollout: {bake: soon, strategy: hope}
            entries:
              - {id: DEP-1, type: Rollback, threshold: lots}
              - {id: DEP-2, type: Thing}
            """)).extracting(p -> p.at().line()).containsExactly(1, 2, 2, 3, 3, 5, 6);
    }
}
