// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.releaseguard.catalog.Catalog;
import io.jenkins.plugins.releaseguard.contract.Contract;
import io.jenkins.plugins.releaseguard.contract.ContractException;
import io.jenkins.plugins.releaseguard.contract.CriteriaEntry;
import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.contract.Settings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a build's values may become in a contract, and how much a contract may ask for. */
class SubstitutionTest {
    private static final String HEAD = "apiVersion: release-guard/v1\nrelease: {service: s, version: '1'}\n";

    /** Beginning of line 4; what follows stands in column 22. */
    private static final String CRITERION =
            "entries: [{id: DEP-001, type: Criteria, owner: t, title: x,\n              verify: {";

    private static Contract read(String text, Variables variables) throws ContractException {
        return Catalog.STANDARD.reader().parse(text, "release.yaml", variables);
    }

    private static String refused(String text, Variables variables) {
        return catchThrowableOfType(ContractException.class, () -> read(text, variables))
                .getMessage();
    }

    private static Settings check(String yaml, String value) throws ContractException {
        Contract contract = read(HEAD + CRITERION + yaml + "}}]\n", Variables.of(Map.of("V", value)));
        return contract.entries(CriteriaEntry.class).get(0).verify().get(0).settings();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '¦', quoteCharacter = '¬', textBlock = """
            command: "echo checking ${V}" ¦ x;echo INJECTED-$(id -un) ¦ release.yaml:4:48: error: a shell reads this text ¦ write "$V", in double quotes; $${V} leaves ${V} for the shell
            command: "test -z '${V}'" ¦ ' || true ' ¦ release.yaml:4:43: error: a shell reads this text ¦ RG-PLACE
            provenance: {run: "cosign ${V}"} ¦ x ¦ a shell reads this text ¦ RG-PLACE
            backup: {run: "cosign ${V}"} ¦ x ¦ a shell reads this text ¦ RG-PLACE
            capacity: {run: "df ${V}", limit: "< 1"} ¦ x ¦ a shell reads this text ¦ RG-PLACE
            dependencies: {run: "df ${V}"} ¦ x ¦ a shell reads this text ¦ RG-PLACE
            epics: {run: "df ${V:-x}"} ¦ x ¦ a shell reads this text ¦ RG-PLACE
            capacity: {query: "a * ${V}", source: p, limit: "< 1"} ¦ 1 ¦ outside a label's value ¦ RG-PLACE
            http: {url: "https://${V}/x"} ¦ a.example ¦ which host is called ¦ RG-PLACE
            http: {url: "https://a.example/${V}/x"} ¦ ../admin ¦ is not one segment ¦ RG-PLACE
            http: {endpoint: e, path: "..%2fadmin"} ¦ x ¦ release.yaml:4:51: error: the path has an encoded slash ¦ RG-ADDRESS
            http: {endpoint: e, path: "..;/admin"} ¦ x ¦ a semicolon ¦ RG-ADDRESS
            http: {endpoint: e, path: "%252e%252e/"} ¦ x ¦ a segment of dots ¦ RG-ADDRESS
            http: {endpoint: e, headers: {Host: a.example}} ¦ x ¦ release.yaml:4:54: error: the header Host steers ¦ RG-HEADER
            http: {endpoint: e, headers: {X_Forwarded_For: "127.0.0.1"}} ¦ x ¦ steers the connection ¦ RG-HEADER
            http: {endpoint: e, headers: {"X: y": z}} ¦ x ¦ is no name of a header ¦ RG-HEADER
            http: {endpoint: e, headers: {X-Team: "a\\nb"}} ¦ x ¦ a line break ¦ RG-HEADER
            http: {endpoint: e, body: "v=${V}"} ¦ x&admin=1 ¦ outside a string of a JSON body ¦ RG-PLACE
            changes: "(.*a){12}(?=c)" ¦ x ¦ release.yaml:4:34: error: the regular expression can't be used ¦ without look-around
            changes: "(a)\\\\1" ¦ x ¦ the regular expression can't be used ¦ RG-PATTERN
            approval: {of: ["user:${V}"]} ¦ mallory ¦ release.yaml:4:46: error: who must sign can't come from ${V} ¦ RG-PLACE
            approval: {of: [ann], count: "${V}"} ¦ 0 ¦ who must sign can't come from ${V} ¦ write it out
            approval: {of: [ann], author: "${V}"} ¦ yes ¦ who must sign can't come from ${V} ¦ RG-PLACE
            approval: {of: [ann], expires: "${V}"} ¦ 900d ¦ who must sign can't come from ${V} ¦ RG-PLACE
            approval: {of: [ann], deadline: "${V}"} ¦ 1s ¦ who must sign can't come from ${V} ¦ RG-PLACE
            approval: {of: [ann], otherwise: "${V}"} ¦ conditional ¦ who must sign can't come from ${V} ¦ RG-PLACE
            tests: {results: "${V}/*.xml"} ¦ ../.. ¦ holds a slash ¦ RG-PLACE
            tests: {passRate: "> ${V}"} ¦ 0% (as agreed) ¦ is no number ¦ RG-PLACE
            """)
    void isRefusedWithPlaceAndFix(String yaml, String value, String said, String fix) {
        assertThat(refused(HEAD + CRITERION + yaml + "}}]\n", Variables.of(Map.of("V", value))))
                .contains(said)
                .contains(fix)
                .doesNotContain("INJECTED");
        // lint has no values, and finds what is wrong whatever they are
        if (fix.contains("shell") || said.contains("outside") || !yaml.contains("${V")) {
            assertThat(refused(HEAD + CRITERION + yaml + "}}]\n", Variables.unresolved(Map.of())))
                    .contains(said);
        }
    }

    /** Who lets a phase go on, and whose name stands under a waiver, are no build's parameters either. */
    @Test
    void whoMayActIsWrittenOut() {
        String phase = HEAD + "rollout: {phases: [{weight: 5, approve: ['group:${V}']}, 100]}\n";
        String waived =
                HEAD + "entries: [{id: DEP-001, type: Criteria, waived: {by: '${V}', reason: x, until: 2026-12-01}}]\n";
        for (String text : List.of(phase, waived)) {
            assertThat(refused(text, Variables.of(Map.of("V", "qa"))))
                    .contains("who must sign can't come from ${V}", "RG-PLACE");
        }
    }

    @Test
    void aProceduresCommandAndAStepsAreShellsToo() {
        String step = HEAD + "entries: [{id: DEP-001, type: Step, command: 'deploy ${V}', reverse: ['undo ${V}']},\n"
                + "  {id: DEP-002, type: Rollback, procedure: [{command: 'kubectl ${V}'}]}]\n";
        assertThat(refused(step, Variables.of(Map.of("V", "x"))))
                .contains("release.yaml:3:54", "release.yaml:3:77", "release.yaml:4:64")
                .contains("a shell reads this text");
        ContractException text = catchThrowableOfType(
                ContractException.class,
                () -> Catalog.STANDARD
                        .reader()
                        .parse(
                                "DEP-001: Deploy\nType: Step\nCommand: ./deploy ${V}\n",
                                "release.md",
                                Variables.of(Map.of("V", "x"))));
        assertThat(text).hasMessageContaining("release.md:3:19: error: a shell reads this text");
    }

    @Test
    void valuesReachCommandsBesideThem() throws ContractException {
        String evil = "x'; echo \"$(id)\" \\";
        Settings settings = check("command: {run: 'echo \"$V\" \"$${V:-none}\"', env: {V: \"${V}\"}}", evil);
        assertThat(settings.text("run")).isEqualTo("echo \"$V\" \"${V:-none}\"");
        assertThat(settings.map("env")).containsEntry("V", evil);
    }

    @Test
    void aValueCantRewriteAMetric() throws ContractException {
        String metric = HEAD
                + "metrics: [{id: MON-001, kind: rate, source: p, errors: 'increase(e{env=\"${V}\",track=\"$track\"}[$window])',"
                + " total: 'increase(t{env=~\"${V}\",track=\"$track\"}[$window])'}]\n";
        Metric read = read(metric, Variables.of(Map.of("V", "x\"}[$window])) * 0 # $track")))
                .metrics()
                .get(0);
        assertThat(read.query().errors())
                .isEqualTo("increase(e{env=\"x\\\"}[\\044window])) * 0 # \\044track\",track=\"$track\"}[$window])");
        assertThat(read.query().total())
                .contains("env=~\"x\\\\\\\"\\\\}\\\\[")
                .endsWith(",track=\"$track\"}[$window])");
    }

    @Test
    void aLongValueOftenNamedIsBounded() {
        String text = HEAD + "risks: [" + "{id: RISK-001, title: '${V}'},".repeat(60) + "]\n";
        assertThat(refused(text, Variables.of(Map.of("V", "x".repeat(20_000)))))
                .contains("the values of ${…} have more than 1048576 characters together [RG-SIZE]")
                .hasSizeLessThan(10_000);
    }

    @Test
    void idsAreCountedOverTheWholeContract() {
        StringBuilder text = new StringBuilder(HEAD + "entries:\n");
        for (int i = 0; i < 4566; i++) {
            StringBuilder ids = new StringBuilder();
            for (int r = 0; r < 8; r++) {
                ids.append(ids.isEmpty() ? "" : ", ")
                        .append("TEST-")
                        .append(r)
                        .append("000..")
                        .append(r)
                        .append("999");
            }
            text.append("- {id: DEP-")
                    .append(i)
                    .append(", type: Step, linkedIds: [")
                    .append(ids)
                    .append("]}\n");
        }
        assertThat(text.length()).isBetween(800_000, 1 << 20);
        long before = used();
        assertThat(refused(text.toString(), Variables.none()))
                .contains("ids, the limit is 100000, includes and ranges counted [RG-SIZE]")
                .hasSizeLessThan(100_000);
        assertThat(used() - before).isLessThan(64L << 20);
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    @Test
    void whatIsReadTakesRoomForItsRangesOnly() throws ContractException {
        StringBuilder text = new StringBuilder(HEAD + "entries:\n");
        for (int i = 0; i < 99; i++) {
            text.append("- {id: DEP-").append(100 + i).append(", type: Step, linkedIds: [TEST-1000..1999]}\n");
        }
        Contract contract = read(text.toString(), Variables.none());
        assertThat(contract.entries().get(98).head().linkedIds()).hasSize(1000).endsWith("TEST-1999");
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({"metrics, 200", "risks, 1000", "flags, 1000", "entries, 5000"})
    void listsAreBounded(String key, int most) {
        String item =
                switch (key) {
                    case "metrics" -> "{id: m%d, kind: gauge, source: p, values: x}";
                    case "entries" -> "{id: DEP-%d, type: Step}";
                    default -> "{id: RISK-%d}";
                };
        StringBuilder text = new StringBuilder(HEAD + key + ":\n");
        for (int i = 0; i <= most; i++) {
            text.append("- ").append(item.replace("%d", String.valueOf(i))).append('\n');
        }
        assertThat(refused(text.toString(), Variables.none()))
                .contains("release.yaml:" + (most + 4) + ":3: error: " + (most + 1) + " " + key + ", the limit is "
                        + most);
    }

    @Test
    void checksAndListsAreBounded() {
        assertThat(refused(HEAD + CRITERION + "command: {run: x, timeout: 7h}}}]\n", Variables.none()))
                .contains("timeout is 7 h, the limit is 6 h");
        assertThat(refused(HEAD + CRITERION + "approval: [" + "a,".repeat(1001) + "]}}]\n", Variables.none()))
                .contains("1001 items in of, the limit is 1000");
        assertThat(refused(HEAD + "rollout: {phases: [" + "internal,".repeat(51) + "]}\n", Variables.none()))
                .contains("51 phases, the limit is 50");
    }

    /** Texts that patterns of ours go back and forth in would hold a thread for hours. */
    @Test
    void longLinesAreReadAtOnce() throws ContractException {
        String spaces = " ".repeat(200_000);
        Contract read = Catalog.STANDARD
                .reader()
                .parse(
                        "DEP-001: x\nType: Environment\nName: y\nAccess: a" + spaces + "b\n",
                        "release.md",
                        Variables.none());
        assertThat(read.entries()).hasSize(1);
        assertThat(refused("x: [" + "{,[:,".repeat(40_000) + "\n", Variables.none()))
                .contains("RG-");
    }
}
