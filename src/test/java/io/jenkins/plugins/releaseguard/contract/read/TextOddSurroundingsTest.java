// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.catalog.Catalog;
import io.jenkins.plugins.releaseguard.contract.Contract;
import io.jenkins.plugins.releaseguard.contract.ContractException;
import io.jenkins.plugins.releaseguard.contract.CriteriaEntry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** F3: entries as people dress them, in texts as editors, wikis and trackers save them: each is read, or there is a finding about it. */
class TextOddSurroundingsTest {
    private static final List<String> HEADS = List.of(
            "DEP-002: Scan clean",
            "DEP-002：Scan clean",
            "## 🔒 DEP-002 Scan clean",
            "**DEP-002** Scan clean",
            "DEP-002 Scan clean\n==================",
            "2. DEP-002: Scan clean",
            "\u00A0DEP-002:\u00A0Scan clean",
            "- [ ] DEP-002: Scan clean",
            "| DEP-002 | Scan clean |");

    private static final String FIELDS = "\nType: Criteria\nOwner: sec\nVerify: {sarif: {errors: \"<= 0\"}}\n";

    /** {@code @} is the entry. */
    private static final Map<String, String> TEXTS = texts();

    private static Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("alone", "@");
        texts.put("after a byte-order mark", "\uFEFF@");
        texts.put("after front matter", "---\nrelease: {service: shop, version: 1}\n---\n@");
        texts.put("after front matter with a mark", "\uFEFF---\nrelease: {service: shop, version: 1}\n---\n\n@");
        texts.put("after prose", "# Notes\n\nWe ship on Friday: be careful.\n\n@");
        texts.put("after a comment", "<!-- template v3 -->\n@");
        texts.put("after a long comment", "<!--\nhow to fill in\n\n## an example\n-->\n@");
        texts.put("after code", "```yaml\nreplicas: 3\n```\n\n@");
        texts.put("after tildes", "~~~\ncurl x\n~~~\n@");
        texts.put("after a table", "| a | b |\n|:--|--:|\n| 1 | 2 |\n\n@");
        texts.put("after a list", "1. one\n2. two\n   - three\n\n@");
        texts.put("after a rule", "words\n\n***\n\n@");
        texts.put("after another entry", "DEP-001: Live\nType: Environment\nName: production\nOwner: ops\n\n@");
        texts.put("in a folded part", "<details>\n<summary>More</summary>\n\n@\n</details>\n");
        texts.put("before the end", "@\n## Thanks\n\nto all\n");
        texts.put("before an image", "@\n\n![burndown](b.png)\n");
        texts.put("without a last line end", "@#");
        return texts;
    }

    static Stream<Arguments> all() {
        return TEXTS.keySet().stream()
                .flatMap(text -> HEADS.stream()
                        .flatMap(head -> Stream.of("\n", "\r\n", "\r")
                                .filter(end ->
                                        end.equals("\n") || head.equals(HEADS.get(0)) || text.startsWith("alone"))
                                .map(end -> Arguments.of(text, head, end))));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("all")
    void isReadOrFound(String text, String head, String end) {
        String entry = head + FIELDS;
        String whole = TEXTS.get(text).replace("@", entry);
        String written = (whole.endsWith("#") ? whole.substring(0, whole.length() - 2) : whole).replace("\n", end);
        try {
            Contract contract = Catalog.STANDARD.reader().parse(written, "release.md", Variables.unresolved(Map.of()));
            boolean read = contract.entry("DEP-002").isPresent();
            boolean told = contract.notes().stream().anyMatch(p -> (p.message() + p.fix()).contains("DEP-002"));
            assertThat(read || told).as(written).isTrue();
            if (read) {
                assertThat(contract.entry("DEP-002").orElseThrow())
                        .isInstanceOfSatisfying(CriteriaEntry.class, criterion -> {
                            assertThat(criterion.title()).isEqualTo("Scan clean");
                            assertThat(criterion.owner()).isEqualTo("sec");
                            assertThat(criterion.verify())
                                    .anyMatch(check -> check.kind().equals("sarif"));
                        });
            }
        } catch (ContractException e) {
            assertThat(e.problems())
                    .as(written)
                    .isNotEmpty()
                    .allSatisfy(p -> assertThat(p.fix()).isNotEmpty());
            // a row without a heading is the only one of these that can't be understood
            assertThat(head).as("%s%n%s", e.getMessage(), written).startsWith("|");
        }
    }
}
