// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.releaseguard.evidence.FreezeWindow;
import io.jenkins.plugins.releaseguard.http.Endpoint;
import io.jenkins.plugins.releaseguard.jenkins.policy.PolicyReader;
import io.jenkins.plugins.releaseguard.jenkins.policy.PolicySetup;
import io.jenkins.plugins.releaseguard.jenkins.policy.RequiredCheckSetup;
import io.jenkins.plugins.releaseguard.jenkins.testing.FakeHttpServer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What each field of a policy, a freeze and the like means to those who ask for it. */
class SetupWordsTest {
    static Stream<Arguments> policy() {
        BiConsumer<PolicySetup, String> environments = PolicySetup::setEnvironments;
        return Stream.of(
                Arguments.of(
                        "entryTypes",
                        (BiConsumer<PolicySetup, String>) PolicySetup::setEntryTypes,
                        "Rollback",
                        "entries=[ROLLBACK]"),
                Arguments.of("environments", environments, "live", "protectedEnvironments=[live]"),
                Arguments.of(
                        "branches",
                        (BiConsumer<PolicySetup, String>) PolicySetup::setBranches,
                        "main",
                        "branches=[main]"),
                Arguments.of(
                        "ledgerJobs",
                        (BiConsumer<PolicySetup, String>) PolicySetup::setLedgerJobs,
                        "a/*",
                        "ledgers=[a/*]"),
                Arguments.of(
                        "longestRollback",
                        (BiConsumer<PolicySetup, String>) PolicySetup::setLongestRollback,
                        "7s",
                        "longestObjective=PT7S"),
                Arguments.of(
                        "shortestBake",
                        (BiConsumer<PolicySetup, String>) PolicySetup::setShortestBake,
                        "7m",
                        "shortestBake=PT7M"),
                Arguments.of(
                        "largestFirstShare",
                        (BiConsumer<PolicySetup, String>) PolicySetup::setLargestFirstShare,
                        "7%",
                        "largestFirstWeight=7.0"),
                Arguments.of(
                        "waivable",
                        (BiConsumer<PolicySetup, String>) (p, no) -> p.setWaivable(true),
                        "",
                        "waivers=true"),
                Arguments.of(
                        "approvals", (BiConsumer<PolicySetup, String>) (p, no) -> p.setApprovals(2), "", "count=2"),
                Arguments.of(
                        "approvers",
                        (BiConsumer<PolicySetup, String>) (p, who) -> {
                            p.setApprovals(1);
                            p.setApprovers(who);
                        },
                        "ann",
                        "of=[ann]"),
                Arguments.of(
                        "checks, kind, limits",
                        (BiConsumer<PolicySetup, String>) (p, limits) -> {
                            RequiredCheckSetup check = new RequiredCheckSetup("tests");
                            check.setLimits(limits);
                            p.setChecks(List.of(check));
                        },
                        "passRate: >=98%",
                        "text=>=98%"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("policy")
    void aPolicyDemandsWhatItSays(String field, BiConsumer<PolicySetup, String> set, String value, String demand)
            throws Exception {
        assertThat(PolicyReader.read(new PolicySetup(), "here").toString()).doesNotContain(demand);
        PolicySetup setup = new PolicySetup();
        set.accept(setup, value);
        assertThat(PolicyReader.read(setup, "here").toString()).contains(demand);
    }

    /** window, zone, reason, exceptions */
    @Test
    void aFreezeHoldsWhenAndForWhomItSays() {
        Instant noon = Instant.parse("2026-11-21T12:00:00Z");
        FreezeSetup setup = new FreezeSetup("2026-11-21T12:30..2026-11-21T20:00");
        assertThat(setup.at(noon).from()).isAfter(noon);
        setup.setZone("Europe/Berlin");
        setup.setReason("Year's end");
        setup.setExceptions("security");
        FreezeWindow berlin = setup.at(noon);
        assertThat(berlin.from()).isBefore(noon);
        assertThat(berlin.reason()).startsWith("Year's end");
        assertThat(berlin.except()).containsExactly("security");
    }

    @Test
    @WithJenkins
    void aWebhookGetsItsMessageInTheFieldThatIsSetUp(JenkinsRule jenkins) throws Exception {
        try (FakeHttpServer server = new FakeHttpServer(200, "ok")) {
            Endpoint endpoint = new Endpoint(server.url(), Map::of);
            new Webhook("oncall", endpoint, "summary").tell("it broke", Duration.ofSeconds(5));
            assertThat(server.heard())
                    .extracting(FakeHttpServer.Heard::body)
                    .containsExactly("{\"summary\":\"it broke\"}");
        }
    }

    @Test
    void aTimeoutThatNoSourceCanHaveIsSaid() {
        PrometheusSetup setup = new PrometheusSetup("prom", "http://127.0.0.1:9");
        setup.setTimeout(99);
        assertThatThrownBy(() -> setup.connect(null)).hasMessageContaining("its timeout is 99 s, and can be 1 to 15 s");
    }
}
