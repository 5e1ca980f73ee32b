// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.contract.CriteriaEntry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Level;
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
                null);
        return FrozenContract.thaw(info, HEAD + entries);
    }
}
