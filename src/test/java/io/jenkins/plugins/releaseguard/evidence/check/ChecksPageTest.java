// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.catalog.Catalog;
import io.jenkins.plugins.releaseguard.catalog.StandardChecks;
import io.jenkins.plugins.releaseguard.contract.CheckSpec;
import io.jenkins.plugins.releaseguard.testing.CheckFixture;
import io.jenkins.plugins.releaseguard.text.Span;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page of the checks says what the code does. */
class ChecksPageTest {
    private static final Pattern EXAMPLE = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

    private final Map<String, String> sections = new LinkedHashMap<>();

    ChecksPageTest() throws IOException {
        for (String part : Files.readString(Path.of("docs/checks.md")).split("(?m)^## ")) {
            int end = part.indexOf('\n');
            if (part.contains("```yaml")) {
                sections.put(part.substring(0, end), part.substring(end));
            }
        }
    }

    @Test
    void everyKindHasItsSectionInTheCataloguesOrder() {
        assertThat(sections.keySet())
                .containsExactlyElementsOf(Catalog.STANDARD.specs().checks().keySet());
    }

    @Test
    void examplesAreReadAsTheyStand() {
        sections.forEach((kind, text) -> {
            Matcher example = EXAMPLE.matcher(text);
            assertThat(example.find()).isTrue();
            assertThat(example.group(1)
                            .lines()
                            .map(each -> CheckFixture.spec(each).kind()))
                    .isNotEmpty()
                    .containsOnly(kind);
        });
    }

    @Test
    void agesAreThoseOfTheChecks() {
        sections.forEach((kind, text) -> {
            Matcher example = EXAMPLE.matcher(text);
            assertThat(example.find()).isTrue();
            CheckSpec spec =
                    CheckFixture.spec(example.group(1).lines().findFirst().orElseThrow());
            String age =
                    Span.text(StandardChecks.checks().of(kind).orElseThrow().maxAge(spec));
            String said = text.replaceAll("\\s+", " ");
            assertThat(said)
                    .as(kind)
                    .contains(kind.equals("approval") ? "as long as a signature" : "counts for " + age);
        });
    }

    @Test
    void everySectionSaysWhenItCannotTell() {
        sections.forEach((kind, text) ->
                assertThat(text).as(kind).containsAnyOf("**Unknown**", "**anything\nelse is unknown**", "**Fails**"));
    }
}
