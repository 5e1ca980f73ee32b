// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.catalog.Catalog;
import io.jenkins.plugins.releaseguard.contract.Contract;
import io.jenkins.plugins.releaseguard.contract.ContractException;
import io.jenkins.plugins.releaseguard.contract.CriteriaEntry;
import io.jenkins.plugins.releaseguard.contract.Entry;
import io.jenkins.plugins.releaseguard.contract.EntryHead;
import io.jenkins.plugins.releaseguard.contract.EnvironmentEntry;
import io.jenkins.plugins.releaseguard.contract.RollbackEntry;
import io.jenkins.plugins.releaseguard.contract.Stage;
import io.jenkins.plugins.releaseguard.contract.StepEntry;
import io.jenkins.plugins.releaseguard.contract.ValidationEntry;
import io.jenkins.plugins.releaseguard.contract.Waiver;
import io.jenkins.plugins.releaseguard.contract.read.Variables;
import io.jenkins.plugins.releaseguard.testing.CheckFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Text, contract, text: nothing is lost that had a meaning. */
class ContractTextTest {
    private static final Variables VALUES =
            Variables.of(Map.of("VERSION", "2.4.0", "GIT_COMMIT", "0123abc", "ARTIFACT_SHA256", "ab".repeat(32)));
    private static final List<String> PIECES = List.of(
            "word",
            " ",
            "two words",
            ": ",
            ":",
            "**",
            "*",
            "_",
            "`",
            "#",
            "## ",
            "- ",
            "- [ ] ",
            "- [x] ",
            "1. ",
            "---",
            "\n",
            "\n\n",
            "DEP-003: ",
            "DEP-004",
            "Type: Criteria",
            "Owner: x",
            "{",
            "}",
            "{a: b}",
            "[",
            "]",
            "[{",
            "|",
            "| a | b |",
            "> ",
            ">2%",
            "<!--",
            "-->",
            "é",
            "☐",
            "✅",
            "🔒",
            "\u00a0",
            "\t",
            "\"",
            "'",
            "\\",
            "$",
            "${X}",
            "$${X}",
            "$track",
            "@",
            "=",
            "key=value",
            ", ",
            "; ",
            "(note)",
            "yes",
            "no",
            "~",
            "null",
            "\u2028",
            "\u200b",
            "0",
            "007",
            "%",
            "&",
            "!",
            "?",
            "For a:",
            "```",
            "<h2>",
            "\r");

    private static Contract read(String text, String name) throws ContractException {
        return Catalog.STANDARD.reader().parse(text, name, VALUES);
    }

    private static String write(Contract contract) throws ContractException {
        return new ContractText(Catalog.STANDARD.reader()).of(contract);
    }

    private static void comesBack(Contract contract) throws ContractException {
        String text = write(contract);
        Contract again = read(text, "again.md");

        assertThat(Meaning.of(again)).as(text).isEqualTo(Meaning.of(contract));
        String second = write(again);
        assertThat(write(read(second, "third.md"))).isEqualTo(second);
    }

    @ParameterizedTest
    @ValueSource(strings = {"release.yaml", "src/test/resources/io/jenkins/plugins/releaseguard/contract/whole.yaml"})
    void aWholeContractComesBack(String file) throws ContractException, IOException {
        Contract contract = read(Files.readString(Path.of(file)), "release.yaml");

        comesBack(contract);
        assertThat(write(contract))
                .contains("\nDEP-003: ", "\nType: Rollback\n")
                .doesNotContain("entries:");
    }

    @Test
    void warningsAndUnitsOfBucketsComeBack() throws ContractException, IOException {
        String whole =
                Files.readString(Path.of("src/test/resources/io/jenkins/plugins/releaseguard/contract/whole.yaml"));
        String threshold = "    threshold: \"> 1.5x baseline for 5 minutes\"\n";
        String histogram = "    histogram: http_request_duration_seconds_bucket{track=\"$track\"}\n";
        assertThat(whole).contains(threshold, histogram);
        Contract contract = read(
                whole.replace(threshold, threshold + "    warn: \"> 1.2x baseline\"\n")
                        .replace(histogram, histogram + "    bucketUnit: s\n"),
                "release.yaml");

        comesBack(contract);
        assertThat(write(contract)).contains("1.2x baseline", "bucketUnit: s");
    }

    @Test
    void textComesBack() throws ContractException {
        comesBack(read("""
            ---
            release: {service: checkout, version: "2.4.0"}
            ---
            ## 🔒 DEP-002: Security scan clean
            Type: Criteria
            Owner: sec
            Description: What we scan
            and how
            Verify: {sarif: {errors: "<= 0"}}
            Blocker: No - nice to have
            Colour: red

            - [ ] look again

            DEP-001: Production
            Type: Environment
            Name: production
            Owner: ops
            Configuration:
              - A=1
              - B=x, y
            Access: DevOps team (deploy), On-call (read-only access)
            Secrets: rotated monthly

            ## Before we go live
            Owner: qa
            - [x] Backups (by ann, 2026-11-19)
            - [ ] Licences
            """, "release.md"));
    }

    @Test
    void whatLinesCantSayStandsInFrontAndKeepsItsPlace() throws ContractException {
        Contract contract = read("""
            apiVersion: release-guard/v1
            release: {service: s, version: "1"}
            entries:
              - {id: DEP-001, type: Step, title: plain, owner: o}
              - {id: DEP-002, type: Step, title: "two\\nlines", owner: o}
              - {id: DEP-003, type: Step, title: after, owner: o}
            """, "release.yaml");

        comesBack(contract);
        assertThat(write(contract)).contains("entries:").contains("\nDEP-003: after\n");
    }

    @Test
    void anyWordsComeBack() throws ContractException {
        Contract base = read("apiVersion: release-guard/v1\nrelease: {service: s, version: \"1\"}\n", "release.yaml");
        Random random = new Random(11);
        for (int i = 0; i < 300; i++) {
            List<Entry> entries = new ArrayList<>();
            int many = 1 + random.nextInt(4);
            for (int k = 0; k < many; k++) {
                entries.add(entry(random, k));
            }
            comesBack(base.withEntries(entries));
        }
    }

    private static String words(Random random) {
        StringBuilder words = new StringBuilder();
        int pieces = random.nextInt(5);
        for (int i = 0; i < pieces; i++) {
            words.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return words.toString();
    }

    private static List<String> list(Random random) {
        List<String> list = new ArrayList<>();
        int items = random.nextInt(3);
        for (int i = 0; i < items; i++) {
            String words = words(random);
            if (!words.isEmpty()) {
                list.add(words);
            }
        }
        return list;
    }

    private static Map<String, String> map(Random random) {
        Map<String, String> map = new LinkedHashMap<>();
        list(random).forEach(key -> map.put(key, "v" + words(random)));
        return map;
    }

    private static Entry entry(Random random, int number) {
        boolean plain = random.nextBoolean();
        EntryHead head = new EntryHead(
                "DEP-00" + (number + 5),
                Stage.PRE_DEPLOY,
                plain ? "A title" : words(random),
                words(random),
                random.nextBoolean() ? List.of("TEST-001", "TEST-002", "TEST-003", "API-010") : List.of(),
                plain ? Map.of("description", "What it is", "colour", "red") : map(random),
                null,
                random.nextInt(4) == 0 ? new Waiver("ann", "late", LocalDate.of(2026, 12, 1), "", null) : null);
        return switch (random.nextInt(5)) {
            case 0 ->
                new EnvironmentEntry(
                        head,
                        "production",
                        words(random),
                        "https://a.example/",
                        words(random),
                        "infra",
                        "d",
                        "",
                        map(random),
                        List.of(),
                        random.nextBoolean() ? Map.of() : Map.of("deploy", List.of("ops", "a, b")),
                        random.nextBoolean());
            case 1 ->
                new CriteriaEntry(
                        head,
                        words(random),
                        List.of(
                                CheckFixture.spec("tests: {passRate: '> 95%', minimum: 3}"),
                                CheckFixture.spec("checklist: ['[ ] a (by x)', '[x] b: c']")),
                        random.nextBoolean(),
                        "security",
                        Duration.ofMinutes(90));
            case 2 ->
                new RollbackEntry(
                        staged(head, Stage.POST_DEPLOY),
                        words(random),
                        "",
                        null,
                        "on-call",
                        null,
                        null,
                        List.of(),
                        words(random),
                        words(random),
                        list(random));
            case 3 ->
                new ValidationEntry(
                        staged(head, Stage.POST_DEPLOY),
                        words(random),
                        words(random),
                        List.of(CheckFixture.spec("http: {endpoint: a, path: /x, within: 1500ms}")),
                        words(random),
                        "DEP-005",
                        random.nextBoolean());
            default ->
                new StepEntry(
                        staged(head, Stage.DEPLOY),
                        words(random),
                        "./migrate up",
                        words(random),
                        Duration.ofSeconds(random.nextInt(10_000)),
                        "DEP-005",
                        list(random));
        };
    }

    private static EntryHead staged(EntryHead head, Stage stage) {
        return new EntryHead(
                head.id(),
                stage,
                head.title(),
                head.owner(),
                head.linkedIds(),
                head.details(),
                head.at(),
                head.waiver());
    }
}
