// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.catalog.Catalog;
import io.jenkins.plugins.releaseguard.contract.Contract;
import io.jenkins.plugins.releaseguard.contract.ContractException;
import io.jenkins.plugins.releaseguard.contract.Entry;
import io.jenkins.plugins.releaseguard.contract.Position;
import io.jenkins.plugins.releaseguard.contract.Problem;
import io.jenkins.plugins.releaseguard.contract.grammar.ReadRule;
import io.jenkins.plugins.releaseguard.contract.grammar.ThresholdParser;
import io.jenkins.plugins.releaseguard.contract.lint.Lint;
import io.jenkins.plugins.releaseguard.contract.lint.LintRule;
import io.jenkins.plugins.releaseguard.contract.policy.PolicyRules;
import io.jenkins.plugins.releaseguard.contract.policy.SetupRule;
import io.jenkins.plugins.releaseguard.contract.read.Variables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The pages say what the program does. After a change:
 * {@code mvn -f pom-engine.xml test -Dtest=ReferencePagesTest -DargLine=-Ddocs.write=true}.
 */
class ReferencePagesTest {
    private static final Path CONTRACT = Path.of("docs/contract.md");
    private static final Path RULES = Path.of("docs/rules.md");
    private static final String BEGIN = "<!-- made by ReferencePagesTest: begin -->\n";
    private static final String END = "<!-- made by ReferencePagesTest: end -->";

    @Test
    void contractPage() throws IOException {
        same(CONTRACT, ReferencePages.contract());
    }

    @Test
    void rulesPage() throws IOException {
        same(RULES, ReferencePages.rules());
    }

    private static void same(Path page, String part) throws IOException {
        String text = Files.readString(page);
        int begin = text.indexOf(BEGIN) + BEGIN.length();
        int end = text.indexOf(END);
        if (Boolean.getBoolean("docs.write")) {
            Files.writeString(page, text.substring(0, begin) + part + text.substring(end));
        } else {
            assertThat(text.substring(begin, end)).isEqualTo(part);
        }
    }

    @Test
    void everyRuleIsDocumented() throws IOException {
        String page = Files.readString(RULES);

        assertThat(Stream.of(
                                Lint.rules().stream().map(LintRule::id),
                                Stream.of(ReadRule.values()).map(ReadRule::id),
                                PolicyRules.IDS.stream(),
                                Stream.of(SetupRule.values()).map(SetupRule::id))
                        .flatMap(s -> s))
                .allMatch(id -> page.contains("| `" + id + "` |"));
    }

    @Test
    void everyFieldIsDocumented() throws IOException {
        String page = Files.readString(CONTRACT);

        assertThat(Stream.concat(
                                Catalog.STANDARD.specs().checks().values().stream(),
                                Catalog.STANDARD.specs().actions().values().stream())
                        .flatMap(k -> k.shape().fields().stream()))
                .allMatch(f -> page.contains("| " + f.name() + " |")
                        || page.contains("| **" + f.name() + "** |")
                        || page.contains("`" + f.name() + "`"));
    }

    /**
     * The smallest contract on the page is one that can be read, and lint has no quarrel with its entries themselves.
     */
    @Test
    void theExamplesWork() throws IOException, ContractException {
        Matcher yaml = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(CONTRACT));
        assertThat(yaml.find()).isTrue();
        Contract contract =
                Catalog.STANDARD.reader().parse(yaml.group(1), "release.yaml", Variables.of(Map.of("VERSION", "1")));

        assertThat(Catalog.STANDARD.lint(contract).stream()
                        .filter(Problem::isError)
                        .map(Problem::rule))
                .containsExactlyInAnyOrder("RG-ENVIRONMENT-PRESENT", "RG-VALIDATION-PRESENT");
        Matcher text = Pattern.compile("```text\n(DEP-.*?)```", Pattern.DOTALL).matcher(Files.readString(CONTRACT));
        assertThat(text.find()).isTrue();
        List<Entry> entries = Catalog.STANDARD
                .reader()
                .parse(text.group(1), "plan.md", Variables.none())
                .entries();
        assertThat(entries).hasSize(1);
    }

    /** Every threshold in the page's table can be read. */
    @Test
    void theThresholdsWork() throws IOException, ContractException {
        String page = Files.readString(CONTRACT);
        String table =
                page.substring(page.indexOf("| written | means |"), page.indexOf("What can't be read is an error"));
        List<String> written = Pattern.compile("(?m)^\\| `([^`]+)`")
                .matcher(table)
                .results()
                .map(r -> r.group(1))
                .toList();

        assertThat(written).hasSizeGreaterThan(5);
        for (String threshold : written) {
            ThresholdParser.parse(threshold, new Position("docs/contract.md", 1, 1));
        }
    }
}
