// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.releaseguard.catalog.Catalog;
import io.jenkins.plugins.releaseguard.contract.Contract;
import io.jenkins.plugins.releaseguard.contract.ContractException;
import io.jenkins.plugins.releaseguard.contract.Entry;
import io.jenkins.plugins.releaseguard.contract.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Boxes as editors, wikis and trackers write them, and headings that say when they are ticked: no box that must hold is lost. */
class TextChecklistFormsTest {
    private static final String ENTRY = "DEP-001: Live\nType: Environment\nName: production\nOwner: ops\n\n---\n";

    private static Contract read(String text) throws ContractException {
        return Catalog.STANDARD.reader().parse(ENTRY + text, "release.md", Variables.none());
    }

    private static List<String> titles(String text) throws ContractException {
        return read(text).entries().stream().skip(1).map(Entry::title).toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "- [  ] Load test",
                "- [ x ] Load test",
                "- [X ] Load test",
                "- [\u00A0] Load test",
                "•\u00A0[ ] Load test",
                "- \\[ \\] Load test",
                "> - [ ] Load test",
                "** [ ] Load test",
                "– [ ] Load test",
                "a. [ ] Load test",
                "a) [ ] Load test",
                "- **[ ] Load test**",
                "- **[ ]** Load test",
                "- <input type=\"checkbox\" disabled> Load test",
                "<li><input type=checkbox checked> Load test</li>",
                "- ❌ Load test",
                "- [❌] Load test",
                "- :x: Load test",
                "□ Load test",
                "🔲 Load test",
                "&#9744; Load test",
                "- [todo] Load test",
                "( ) Load test",
                "(x) Load test",
                "### [ ] Load test",
                "| [ ] Load test | ann |",
                "| Task | Who |\n|---|---|\n| [ ] Load test | ann |",
                "| Task | Done | Who |\n|---|---|---|\n| Load test | ✅ done | ann |",
                "| Task | Done | Who |\n|---|---|---|\n| Load test | ❌ no | ann |",
                "| Task | Done | Who |\n|---|---|---|\n| Load test | :x: | ann |",
                "| Task | Done | Who |\n|---|---|---|\n| Load test | no | ann |",
                "| Task | Done | Who |\n|---|---|---|\n| Load test | | ann |",
            })
    void isAnEntryHoweverItIsWritten(String line) throws ContractException {
        assertThat(titles("# Before\n\n" + line + "\n")).containsExactly("Load test");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "# What is new\n\n- Faster search\n- [PAY-12] Cards\n- [docs](a.md) Docs\n* (a) first\n1. one\n",
                "| Ticket | Status |\n|---|---|\n| PAY-1 | done |\n",
                "```sh\n[ -f a ] && b\n```\n",
                "We ship on Friday: be careful. Call f() then.\n() => 1\n",
            })
    void ordinaryProseIsSilent(String text) throws ContractException {
        Contract contract = read(text);

        assertThat(contract.entries()).hasSize(1);
        assertThat(contract.notes())
                .extracting(Problem::message)
                .noneMatch(m -> m.contains("box") || m.contains("read"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "## Before and after deployment\n",
                "## Steps before and after release\n",
                "## Pre-release checks (post-release checks are below)\n",
                "## After deployment to staging\n",
                "# Post-deploy\nPre-deploy\n----------\n",
                "# Post-deploy\n**Pre-deploy**\n",
                "# Post-deploy\n\n== Go or no-go\n",
                "# Post-deploy\n\nwords\n\n***\n",
                "# Post-deploy\n# Other\n",
            })
    void aBoxThatMustHoldBeforeIsAnEntry(String heading) throws ContractException {
        assertThat(titles(heading + "\n- [ ] Load test\n")).containsExactly("Load test");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "## After deployment\n### Monitoring\n",
                "After deployment\n================\n",
                "**Post-deploy**\n"
            })
    void whatAHeadingSaysOfWhenHoldsBelowIt(String heading) throws ContractException {
        Contract contract =
                read(heading + "\n- [ ] Look at the graphs\n\n| Task | Done |\n|---|---|\n| Look again | ☐ |\n");

        assertThat(contract.entries()).hasSize(1);
        assertThat(contract.notes())
                .extracting(Problem::message)
                .filteredOn(m -> m.contains("before the release"))
                .hasSize(2);
    }

    @Test
    void aBoldLineInAPartOfWhatIsDoneAfterIsAsked() {
        assertThatThrownBy(() -> read("# Post-deploy\n**Security**\n- [ ] Scan\n"))
                .isInstanceOf(ContractException.class)
                .hasMessageContaining("before or after");
    }

    @Test
    void anOwnerHoldsForTheHeadingsBelow() throws ContractException {
        assertThat(read("# Checklist\nOwner: qa\n### Part\n- [ ] Load test\n# Other\n- [ ] Scan\n")
                        .entries())
                .extracting(Entry::owner)
                .containsExactly("ops", "qa", "");
    }

    @Test
    void aBoxInABlockOfCodeIsNone() throws ContractException {
        Contract contract = read("```\n- [ ] Load test\n```\n");

        assertThat(contract.entries()).hasSize(1);
        assertThat(contract.notes()).extracting(Problem::message).anyMatch(m -> m.contains("block of code"));
        assertThat(titles("```\n- [ ] Load test\n")).containsExactly("Load test");
    }

    @Test
    void aTickWithoutANameBeforeWordsIsTold() throws ContractException {
        assertThat(read("- ✅ Faster search\n").notes())
                .extracting(Problem::message)
                .anyMatch(m -> m.contains("nobody's name"));
    }
}
