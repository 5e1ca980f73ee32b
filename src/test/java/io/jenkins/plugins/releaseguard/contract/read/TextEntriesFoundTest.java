// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jenkins.plugins.releaseguard.catalog.Catalog;
import io.jenkins.plugins.releaseguard.contract.Contract;
import io.jenkins.plugins.releaseguard.contract.ContractException;
import io.jenkins.plugins.releaseguard.contract.CriteriaEntry;
import io.jenkins.plugins.releaseguard.contract.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever looks like an entry of plain text and isn't read is a finding: a criterion that is lost holds nothing back. */
class TextEntriesFoundTest {
    private static final String BEFORE = """
        DEP-001: Live environment
        Type: Environment
        Name: production
        Owner: ops

        """;
    private static final String FIELDS = """

        Type: Criteria
        Owner: sec
        Requirement: No open security findings
        Verify: {sarif: {errors: "<= 0"}}
        """;
    private static final String AFTER = """

        DEP-004: Errors
        Type: Rollback
        Owner: ops
        Trigger: errors
        """;

    private static Contract read(String text) throws ContractException {
        return Catalog.STANDARD.reader().parse(text, "release.md", Variables.none());
    }

    private static CriteriaEntry criterion(String text) throws ContractException {
        return (CriteriaEntry) read(text).entry("DEP-002").orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DEP-002: Security scan clean",
                "## DEP-002 Security scan clean",
                "## 🔒 DEP-002: Security scan clean",
                "🔒 DEP-002: Security scan clean",
                ":lock: DEP-002: Security scan clean",
                "1️⃣ DEP-002: Security scan clean",
                "\uFEFFDEP-002: Security scan clean",
                "\u00A0\u200BDEP-002:\u00A0Security scan clean",
                "DEP‐002: Security scan clean",
                "DEP‑002: Security scan clean",
                "DEP–002: Security scan clean",
                "DEP—002: Security scan clean",
                "DEP−002: Security scan clean",
                "DEP_002: Security scan clean",
                "DEP 002: Security scan clean",
                "DEP002: Security scan clean",
                "dep-002: Security scan clean",
                "DEP-002：Security scan clean",
                "DEP-002 – Security scan clean",
                "DEP-002 — Security scan clean",
                "DEP-002 - Security scan clean",
                "DEP-002 | Security scan clean",
                "DEP-002 Security scan clean",
                "**DEP-002** Security scan clean",
                "**DEP-002**: Security scan clean",
                "**DEP-002: Security scan clean**",
                "*DEP-002: Security scan clean*",
                "__DEP-002__ Security scan clean",
                "_DEP-002: Security scan clean_",
                "`DEP-002`: Security scan clean",
                "~~DEP-002: Security scan clean~~",
                "[DEP-002] Security scan clean",
                "[DEP-002](#dep-002): Security scan clean",
                "[DEP-002]: Security scan clean",
                "(DEP-002) Security scan clean",
                "\"DEP-002\" Security scan clean",
                "- DEP-002: Security scan clean",
                "* DEP-002 Security scan clean",
                "+ **DEP-002**: Security scan clean",
                "• DEP-002: Security scan clean",
                "3. DEP-002: Security scan clean",
                "3) DEP-002 Security scan clean",
                "## 3. DEP-002: Security scan clean",
                "### 2.1 DEP-002 Security scan clean",
                "2.1.3 DEP-002 – Security scan clean",
                "## DEP-002: Security scan clean ##",
                "##DEP-002: Security scan clean",
                "## [DEP-002] Security scan clean",
                "## (DEP-002) Security scan clean",
                "## `DEP-002` Security scan clean",
                "== DEP-002 Security scan clean",
                "<h2>DEP-002: Security scan clean</h2>",
                "<b>DEP-002</b>: Security scan clean",
                "ID: DEP-002 Security scan clean",
                "**ID**: DEP-002: Security scan clean",
                "Entry: DEP-002 Security scan clean",
                "## ✅ DEP-002: Security scan clean",
                "➡️ **DEP-002** — Security scan clean",
                "DEP-002 Security scan clean\n===========================",
                "DEP-002: Security scan clean\n---------------------------",
                "DEP-002 Security scan clean\n---",
                "\u202ADEP-002: Security scan clean",
                "\tDEP-002: Security scan clean",
                "words before\u2028DEP-002: Security scan clean",
                "words before\fDEP-002: Security scan clean",
                "words before\rDEP-002: Security scan clean",
                "<!-- a remark --> DEP-002: Security scan clean",
                "<!--\na remark\n-->\nDEP-002: Security scan clean"
            })
    void isRead(String head) throws ContractException {
        CriteriaEntry entry = criterion(BEFORE + head + FIELDS + AFTER);

        assertThat(entry.title()).isEqualTo("Security scan clean");
        assertThat(entry.owner()).isEqualTo("sec");
        assertThat(entry.verify()).singleElement().extracting("kind").isEqualTo("sarif");
        assertThat(read(BEFORE + head + FIELDS + AFTER).entries()).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"DEP-002", "## DEP-002", "**DEP-002**", "DEP-002:", "ID: DEP-002", "## 🔒 DEP-002"})
    void isReadWithoutATitle(String head) throws ContractException {
        assertThat(criterion(BEFORE + head + FIELDS + AFTER).verify()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Type：Criteria\nOwner：sec\nVerify：{sarif: {errors: \"<= 0\"}}",
                "Type:Criteria\nOwner:sec\nVerify:{sarif: {errors: \"<= 0\"}}",
                "*Type*: Criteria\n_Owner_: sec\n`Verify`: {sarif: {errors: \"<= 0\"}}",
                "**Type**： Criteria\n**Owner:** sec\n**Verify** : {sarif: {errors: \"<= 0\"}}",
                "- Type: Criteria\n- Owner: sec\n- Verify: {sarif: {errors: \"<= 0\"}}",
                "Type:\u00A0Criteria\n\u00A0Owner: sec\n\u200BVerify:\u2009{sarif: {errors: \"<= 0\"}}",
                "### Type: Criteria\n### Owner\nsec\n### Verify\n{sarif: {errors: \"<= 0\"}}",
                "| Field | Value |\n|---|---|\n| Type | Criteria |\n| Owner | sec |\n| Verify | {sarif: {errors: \"<= 0\"}} |",
                "| Type | Criteria |\n|---|:-:|\n| Owner | sec |\n| Verify | {sarif: {errors: \"<= 0\"}} |",
                "```\nType: Criteria\nOwner: sec\nVerify: {sarif: {errors: \"<= 0\"}}\n```"
            })
    void fieldsAreRead(String fields) throws ContractException {
        CriteriaEntry entry = criterion(BEFORE + "## DEP-002 Security scan clean\n\n" + fields + "\n" + AFTER);

        assertThat(entry.owner()).isEqualTo("sec");
        assertThat(entry.verify()).singleElement().extracting("kind").isEqualTo("sarif");
    }

    @Test
    void quotedEntriesAreRead() throws ContractException {
        CriteriaEntry entry =
                criterion(BEFORE + "> DEP-002: Security scan clean\n> Type: Criteria\n> Owner: sec\n" + AFTER);

        assertThat(entry.owner()).isEqualTo("sec");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "| ID | Title | Type | Owner | Verify |\n|----|-------|------|-------|-----|\n"
                        + "| DEP-002 | Security scan clean | Criteria | sec | {sarif: {errors: \"<= 0\"}} |",
                "ID | Type | Title | Owner | Verify\n:---|:---:|---|---|---:\n"
                        + "**DEP-002** | Criteria | Security scan clean | sec | {sarif: {errors: \"<= 0\"}}",
                "| Entry | Owner | Type | Verify |\n|-|-|-|-|\n"
                        + "| DEP-002: Security scan clean | sec | criteria | {sarif: {errors: \"<= 0\"}} |"
            })
    void rowsOfATableOfEntriesAreRead(String table) throws ContractException {
        CriteriaEntry entry = criterion(BEFORE + table + "\n" + AFTER);

        assertThat(entry.title()).isEqualTo("Security scan clean");
        assertThat(entry.owner()).isEqualTo("sec");
        assertThat(entry.verify()).singleElement().extracting("kind").isEqualTo("sarif");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "| DEP-002 | Security scan clean | Criteria | sec |",
                "| ID | Title |\n|---|---|\n| DEP-002 | Security scan clean |",
                "| Nr | What |\n|---|---|\n| 1 | DEP-002 |",
                "## Security scan clean (DEP-002)\nOwner: sec",
                "## Security scan clean\nType: Criteria\nOwner: sec",
                "---\nSecurity scan clean\nType: Criteria\nOwner: sec",
                "Security scan clean\nType: Criteria\nOwner: sec",
                "- DEP-002: Security scan clean",
                "DEP-002 Security scan clean\nOwner: sec",
                "3. DEP-002 Security scan clean",
                "DEP-XXX: Security scan clean\nType: Criteria",
                "DEP-002: Security scan clean\nOwner: sec",
                "# DEP-002\nOwner: sec",
                "| Title | Type | Owner |\n|---|---|---|\n| Security scan clean | Criteria | sec |",
                "| ID | Title | Type |\n|---|---|---|\n| | Security scan clean | Criterion |",
                "| ID | Title | Type |\n|---|---|---|\n| SEC-2 | Security scan clean | |",
                "<!-- DEP-002: Security scan clean",
            })
    void isAnErrorWhereItCantBeRead(String lines) {
        ContractException e = assertThrows(
                ContractException.class,
                () -> read(BEFORE + "\n" + lines + "\n" + AFTER),
                "nothing is said of: " + lines);

        assertThat(e.problems()).filteredOn(Problem::isError).allSatisfy(p -> {
            assertThat(p.at().line()).isGreaterThan(1);
            assertThat(p.fix()).isNotEmpty();
        });
    }

    @Test
    void aCommentedEntryIsTold() throws ContractException {
        List<Problem> notes = read(BEFORE + "<!-- DEP-002: Security scan clean\nType: Criteria -->\n" + AFTER)
                .notes();

        assertThat(notes).extracting(Problem::message).contains("DEP-002 stands in a comment, and is not read");
    }

    @Test
    void aFieldBehindALineAcrossThePageIsTold() throws ContractException {
        assertThat(read(BEFORE + "---\nVerify: {sarif: {errors: \"<= 0\"}}\n" + AFTER)
                        .notes())
                .extracting(Problem::message)
                .contains("'Verify' stands in no entry, and is not read");
    }

    @Test
    void anIdInOtherLettersIsToldAsWhatItIsReadAs() throws ContractException {
        assertThat(read(BEFORE + "DEP–002: Scan" + FIELDS + AFTER).notes())
                .extracting(Problem::message)
                .contains("'DEP–002' is read as DEP-002");
    }

    /** Entries are named where they aren't written: contents, references, summaries. None of it is a finding, and none an entry. */
    @Test
    void namesOfEntriesAreNone() throws ContractException {
        Contract contract = read("""
            # Release plan

            - DEP-001: Live environment
            - [DEP-004](#dep-004) Errors

            | ID | Title | Type |
            |----|-------|------|
            | DEP-001 | Live environment | Environment |

            DEP-001 to DEP-004 are what holds.

            ## DEP-001: Live environment
            Type: Environment
            Name: production
            Owner: ops
            Linked IDs:
            - ARC-001
            - DEP-004
            ### How
            DEP-004 brings it back.

            ## DEP-004 Errors
            Type: Rollback
            Owner: ops
            Trigger: errors
            Linked IDs: MON-001
            DEP-001, DEP-004

            ## What DEP-004 does
            It brings the last version back.
            """);

        assertThat(contract.entries()).extracting(e -> e.head().id()).containsExactly("DEP-001", "DEP-004");
        assertThat(contract.notes()).noneMatch(p -> p.message().contains("looks like"));
    }

    @Test
    void theByteOrderMarkBeforeFrontMatterIsNoPartOfIt() throws ContractException {
        Contract contract = read("\uFEFF---\nrelease: {service: shop, version: 1}\n---\n" + BEFORE + AFTER);

        assertThat(contract.release().service()).isEqualTo("shop");
        assertThat(contract.entries()).hasSize(2);
    }

    @Test
    void manyOddLinesTakeLittleTime() {
        for (String piece :
                List.of("#", "> ", "*", "[", "1.", "1.1", "- ", "|", "<a", ":a", "DEP-", "\uFF1A", "`", "=")) {
            String text = BEFORE + piece.repeat(60_000) + "\n" + AFTER;
            org.junit.jupiter.api.Assertions.assertTimeoutPreemptively(java.time.Duration.ofSeconds(30), () -> {
                try {
                    read(text);
                } catch (ContractException e) {
                    assertThat(e.problems()).isNotEmpty();
                }
            });
        }
    }
}
