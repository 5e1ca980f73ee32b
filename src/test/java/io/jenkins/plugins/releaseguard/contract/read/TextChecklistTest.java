// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.releaseguard.catalog.Catalog;
import io.jenkins.plugins.releaseguard.contract.CheckSpec;
import io.jenkins.plugins.releaseguard.contract.Contract;
import io.jenkins.plugins.releaseguard.contract.ContractException;
import io.jenkins.plugins.releaseguard.contract.CriteriaEntry;
import io.jenkins.plugins.releaseguard.contract.Entry;
import io.jenkins.plugins.releaseguard.contract.RollbackEntry;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Boxes of Markdown are criteria: no box is lost, and none is ticked that isn't. */
class TextChecklistTest {
    private static Contract read(String text) throws ContractException {
        return Catalog.STANDARD.reader().parse(text, "release.md", Variables.of(Map.of("WHO", "eve")));
    }

    private static List<String> items(Entry entry) {
        return ((CriteriaEntry) entry)
                .verify().stream()
                        .filter(check -> check.kind().equals("checklist"))
                        .flatMap(check -> check.settings().texts("items").stream())
                        .toList();
    }

    @Test
    void eachBoxUnderAHeadingIsAnEntry() throws ContractException {
        Contract contract = read("""
            # Release

            ## Before we go live
            Owner: payments-team

            - [x] Backups can be restored (by ann, 2026-11-19)
            - [ ] DEP-041: Load test
            * [ ] Licences
            """);

        assertThat(contract.entries()).hasSize(3).allSatisfy(entry -> {
            assertThat(entry.owner()).isIn("payments-team", "");
            assertThat(((CriteriaEntry) entry).blocker()).isTrue();
        });
        assertThat(contract.entries().get(0).title()).isEqualTo("Backups can be restored");
        assertThat(items(contract.entries().get(0)))
                .containsExactly("- [x] Backups can be restored (by ann, 2026-11-19)");
        assertThat(contract.entries().get(1).id()).isEqualTo("DEP-041");
        assertThat(contract.entries().get(1).title()).isEqualTo("Load test");
        assertThat(items(contract.entries().get(2))).containsExactly("* [ ] Licences");
        assertThat(contract.notes()).anyMatch(p -> p.message().contains("the box 'Licences' is DEP-9"));
    }

    @Test
    void anIdIsOfTheWordsWhereverTheyStand() throws ContractException {
        String one = read("- [ ] Load test\n- [ ] Licences\n").entries().get(1).id();
        String moved = read("- [x] Licences @ann\n").entries().get(0).id();
        String other = read("- [ ] Licences of all\n").entries().get(0).id();

        assertThat(one).isEqualTo(moved).isNotEqualTo(other);
        assertThat(read("- [ ] Same\n- [ ] Same\n").entries())
                .extracting(Entry::id)
                .doesNotHaveDuplicates();
    }

    @Test
    void boxesOfACriterionAreItsItems() throws ContractException {
        Contract contract = read("""
            ## DEP-010: Ready
            Type: Criteria
            Owner: qa
            Verify: {tests: {passRate: ">95%"}}
            - [x] Backups @ann
              - [ ] the "big" one \\ too
            Category: operational
            """);

        CriteriaEntry entry = (CriteriaEntry) contract.entry("DEP-010").orElseThrow();
        assertThat(entry.verify()).extracting(CheckSpec::kind).containsExactly("tests", "checklist");
        assertThat(items(entry)).containsExactly("- [x] Backups @ann", "- [ ] the \"big\" one \\ too");
        assertThat(entry.category()).isEqualTo("operational");
    }

    @Test
    void aBoxMayHaveFieldsAndBoxesOfItsOwn() throws ContractException {
        Contract contract = read("""
            - [ ] DEP-041: Load test
              Owner: sre
              Blocker: no
              - [ ] with cards
            - [ ] Licences
            """);

        CriteriaEntry entry = (CriteriaEntry) contract.entry("DEP-041").orElseThrow();
        assertThat(entry.owner()).isEqualTo("sre");
        assertThat(entry.blocker()).isFalse();
        assertThat(items(entry)).containsExactly("- [ ] DEP-041: Load test", "- [ ] with cards");
        assertThat(contract.entries()).hasSize(2);
    }

    @Test
    void aBoxBesideTheNameOfAnEntryIsThatEntrys() throws ContractException {
        Contract contract = read("""
            - [ ] DEP-002: Tests

            ## DEP-002: Tests
            Type: Criteria
            Owner: qa
            Verify: {tests: {passRate: ">95%"}}
            """);

        assertThat(contract.entries()).hasSize(1);
        assertThat(items(contract.entries().get(0))).containsExactly("- [ ] DEP-002: Tests");
    }

    @Test
    void rowsWithBoxesAreEntries() throws ContractException {
        Contract contract = read("""
            | ID | Check | Done | By | Date | Owner |
            |----|-------|------|----|------|-------|
            | DEP-031 | Licences | ✅ | ann | 2026-11-18 | legal |
            | | Data protection | ☐ | | | legal |
            | | Support told | [x] | | | legal |
            """);

        assertThat(contract.entries())
                .hasSize(3)
                .allSatisfy(e -> assertThat(e.owner()).isEqualTo("legal"));
        assertThat(contract.entries().get(0).id()).isEqualTo("DEP-031");
        assertThat(items(contract.entries().get(0))).containsExactly("[x] Licences (by ann, 2026-11-18)");
        assertThat(items(contract.entries().get(1))).containsExactly("[ ] Data protection");
        assertThat(items(contract.entries().get(2))).containsExactly("[x] Support told");
    }

    @Test
    void aRowWithABoxIsAnEntryAlsoAmongTypes() throws ContractException {
        Contract contract = read("""
            | ID | Check | Done | Type |
            |----|-------|------|------|
            | DEP-031 | Licences | ✅ | Criteria |
            | | Data protection | ☐ | |
            """);

        assertThat(contract.entries()).hasSize(2);
        assertThat(items(contract.entries().get(1))).containsExactly("[ ] Data protection");
    }

    @Test
    void boxesOfAProcedureAreItsSteps() throws ContractException {
        RollbackEntry entry = (RollbackEntry) read("""
                DEP-003: Errors
                Type: Rollback
                Owner: ops
                Trigger: errors
                Procedure:
                1. [ ] Take the traffic off
                2. [ ] Call on-call
                """).entries().get(0);

        assertThat(entry.head().details().get("steps")).contains("Take the traffic off", "Call on-call");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "## Post-deploy\n- [ ] Look at the dashboards\n",
                "## After the release\n- [ ] Look at the dashboards\n",
                "## DEP-009: Smoke\nType: Validation\nOwner: qa\nCheck: it answers\n\n- [ ] Look at the dashboards\n",
            })
    void aBoxThatHoldsNothingBackIsTold(String text) throws ContractException {
        assertThat(read("DEP-001: Live\nType: Environment\nName: production\nOwner: ops\n\n" + text)
                        .notes())
                .anyMatch(p -> p.message().contains("Look at the dashboards"));
    }

    @Test
    void noValueOfABuildTicksABox() {
        assertThatThrownBy(() -> read("- [x] Load test @${WHO}\n"))
                .isInstanceOf(ContractException.class)
                .hasMessageContaining("WHO");
    }
}
