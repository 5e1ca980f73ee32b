// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.catalog.Catalog;
import io.jenkins.plugins.releaseguard.contract.ActionSpec;
import io.jenkins.plugins.releaseguard.contract.CheckSpec;
import io.jenkins.plugins.releaseguard.contract.Contract;
import io.jenkins.plugins.releaseguard.contract.ContractException;
import io.jenkins.plugins.releaseguard.contract.CriteriaEntry;
import io.jenkins.plugins.releaseguard.contract.Entry;
import io.jenkins.plugins.releaseguard.contract.EntryType;
import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.contract.RollbackEntry;
import io.jenkins.plugins.releaseguard.contract.RolloutSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SampleContractTest {
    private static final Path SAMPLE = Path.of("release.yaml");
    static final Variables VARIABLES =
            Variables.of(Map.of("VERSION", "2.4.0", "GIT_COMMIT", "4be1f0c", "ARTIFACT_SHA256", "AB".repeat(32)));

    private final Contract contract = Catalog.STANDARD.reader().read(SAMPLE, VARIABLES);

    SampleContractTest() throws ContractException {}

    @Test
    void releaseIsFilledIn() {
        assertThat(contract.release().version()).isEqualTo("2.4.0");
        assertThat(contract.release().artifacts().get(0).sha256()).isEqualTo("ab".repeat(32));
        assertThat(contract.release().objective()).isEqualTo(Duration.ofSeconds(60));
        assertThat(contract.release().includes()).containsExactly("EPIC-07", "API-012");
    }

    @Test
    void readsCleanly() {
        assertThat(contract.notes()).isEmpty();
    }

    @Test
    void queriesKeepTheirOwnDollars() {
        Metric.Query query = contract.metric("MON-001").orElseThrow().query();

        assertThat(query.errors()).contains("track=\"$track\"").contains("[$window]");
        assertThat(contract.metric("MON-002").orElseThrow().query().limit()).isBetween(50.0, 1000.0);
        assertThat(contract.metric("MON-002").orElseThrow().allow())
                .satisfies(m -> assertThat(m.relative()).isTrue());
    }

    @Test
    void phases() {
        assertThat(contract.rollout().phases())
                .extracting(RolloutSpec.Phase::name)
                .containsExactly("internal", "1%", "5%", "25%", "50%", "100%");
        assertThat(contract.rollout().phases().get(0).weight()).isZero();
        assertThat(contract.rollout().phases()).allMatch(p -> p.maxBake().compareTo(p.bake()) >= 0);
    }

    @Test
    void everyTypeOfEntry() {
        assertThat(contract.entries()).extracting(Entry::type).contains(EntryType.values());
        CriteriaEntry tests = (CriteriaEntry) contract.entry("DEP-003").orElseThrow();
        assertThat(tests.head().linkedIds()).hasSize(50).startsWith("TEST-001").endsWith("TEST-050");
        CheckSpec check = tests.verify().get(0);
        assertThat(check.kind()).isEqualTo("tests");
        assertThat(check.settings().threshold("passRate").orElseThrow().text()).isEqualTo(">95%");
        assertThat(check.settings().texts("results")).containsExactly("dist/test-results/TEST-*.xml");
        assertThat(check.settings().number("minimum")).contains(1.0);
    }

    @Test
    void oneValueStandsForTheMainField() {
        RollbackEntry rollback = (RollbackEntry) contract.entry("DEP-010").orElseThrow();

        assertThat(rollback.procedure()).extracting(ActionSpec::kind).containsExactly("traffic", "notify");
        assertThat(rollback.procedure().get(0).settings().number("value")).contains(0.0);
        assertThat(rollback.procedure().get(0).settings().number("weight")).contains(0.0);
        assertThat(rollback.procedure().get(1).settings().texts("value")).containsExactly("oncall", "#incidents");
    }
}
