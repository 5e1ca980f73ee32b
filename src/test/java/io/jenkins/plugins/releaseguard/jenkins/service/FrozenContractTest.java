// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.contract.CriteriaEntry;
import io.jenkins.plugins.releaseguard.contract.RolloutSpec;
import io.jenkins.plugins.releaseguard.journal.EventJson;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Level;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.LogRecorder;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A release that was begun before an upgrade is taken up again after it. */
@WithJenkins
class FrozenContractTest {
    private static final String HEAD = """
            apiVersion: release-guard/v1
            release: {service: checkout, version: '1'}
            entries:
            """;

    @Test
    void whoMustSignMayComeFromAValueOfBefore(JenkinsRule jenkins) throws Exception {
        try (LogRecorder log = log()) {
            FrozenContract thawed = thaw(
                    "  - {id: DEP-1, type: Criteria, title: Signed, verify: {approval: {of: [\"${TEAM}\"], count: \"${N}\"}}}\n");
            assertThat(thawed.contract().entries(CriteriaEntry.class).get(0).verify())
                    .singleElement()
                    .satisfies(check -> {
                        assertThat(check.settings().texts("of")).containsExactly("qa");
                        assertThat(check.settings().number("count").orElseThrow())
                                .isEqualTo(2);
                    });
            assertThat(log.getMessages())
                    .singleElement()
                    .asString()
                    .contains("goes on with its contract as it was taken");
        }
    }

    @Test
    void whatIsGoneIsSaid(JenkinsRule jenkins) throws Exception {
        try (LogRecorder log = log()) {
            thaw("  - {id: DEP-1, type: Criteria, title: Few wait, verify: {queueDepth: orders}}\n");
            assertThat(log.getMessages()).singleElement().asString().contains("without what is no longer installed");
        }
    }

    /** Versions before knew one rule, and neither their record nor their contract says so: traffic is on the canary by that rule. */
    @Test
    void whatBeganByProofGoesOnByProof(JenkinsRule jenkins) throws Exception {
        Path opened = Path.of("release-guard", "open", "checkout-20261121-142538-311d83");
        Map<String, String> files =
                unzip("/io/jenkins/plugins/releaseguard/jenkins/step/StepSerialFormTest/running.zip");
        String record = files.get(opened.resolve("record.json").toString());
        String contract = files.get(opened.resolve("contract.yaml").toString());
        assertThat(record + contract).contains("checkout").doesNotContain("promote");
        RecordInfo then = EventJson.mapper().readValue(record, RecordInfo.class);

        assertThat(promote(then, contract)).isEqualTo(RolloutSpec.Promote.PROOF);

        // a contract that says which means that, whatever the record has room for
        assertThat(promote(then, contract.replace("rollout:\n", "rollout:\n  promote: budget\n")))
                .isEqualTo(RolloutSpec.Promote.BUDGET);

        // what begins now keeps today's, also where another becomes usual
        RecordInfo now = EventJson.mapper()
                .readValue(record.replaceFirst("\\{", "{\"promote\": \"BUDGET\", "), RecordInfo.class);
        assertThat(promote(now, contract)).isEqualTo(RolloutSpec.Promote.BUDGET);
        assertThat(EventJson.mapper().readValue(EventJson.mapper().writeValueAsBytes(now), RecordInfo.class))
                .isEqualTo(now);
    }

    private static RolloutSpec.Promote promote(RecordInfo info, String contract) throws Exception {
        return FrozenContract.thaw(info, contract).contract().rollout().promote();
    }

    private static Map<String, String> unzip(String resource) throws Exception {
        Map<String, String> files = new HashMap<>();
        try (ZipInputStream zip = new ZipInputStream(FrozenContractTest.class.getResourceAsStream(resource))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return files;
    }

    private static LogRecorder log() {
        return new LogRecorder().record(FrozenContract.class, Level.WARNING).capture(9);
    }

    private static FrozenContract thaw(String entries) throws Exception {
        RecordInfo info = new RecordInfo(
                RecordInfo.FORMAT,
                "shop-1",
                "shop#1",
                "checkout",
                "production",
                "release.yaml",
                Map.of("TEAM", "qa", "N", "2"),
                Map.of(),
                null,
                false,
                null,
                "",
                null,
                Instant.EPOCH,
                Set.of(),
                List.of(),
                null,
                null);
        return FrozenContract.thaw(info, HEAD + entries);
    }
}
