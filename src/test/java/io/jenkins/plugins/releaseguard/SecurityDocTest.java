// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/security.md claims nothing without a test that there is, and lists what the plugin bundles. */
class SecurityDocTest {
    private static final Path PAGE = Path.of("docs/security.md");
    private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w+Test)(?:#(\\w+))?`");
    private static final Pattern LIBRARY = Pattern.compile("(?m)^\\| ([a-z0-9-]+) \\| ([0-9.]+) \\| none known \\|$");

    @Test
    void everyTestThatItNamesExists() throws IOException {
        Map<String, String> tests = tests();
        List<String> missing = new ArrayList<>();
        int named = 0;
        Matcher matcher = NAMED.matcher(Files.readString(PAGE));
        while (matcher.find()) {
            named++;
            String source = tests.get(matcher.group(1));
            if (source == null || matcher.group(2) != null && !source.contains(" void " + matcher.group(2) + "(")) {
                missing.add(matcher.group());
            }
        }
        assertThat(missing).isEmpty();
        assertThat(named).isGreaterThan(60);
    }

    /** A line of a table that claims something has a test, or says where it is admitted that there is none. */
    @Test
    void everyClaimNamesATest() throws IOException {
        String page = Files.readString(PAGE);
        String claims = page.substring(page.indexOf("## Who may change what"), page.indexOf("## What can't be held"));
        assertThat(claims.lines().filter(line -> line.startsWith("| ") && !line.endsWith("| test |")))
                .hasSizeGreaterThan(25)
                .allMatch(line -> NAMED.matcher(line).find() || line.contains("(#what-cant-be-held)"));
    }

    @Test
    void whatIsBundledIsListed() throws IOException {
        String pom = Files.readString(Path.of("pom.xml"));
        String bundled = pom.substring(
                pom.indexOf("<hpi.bundledArtifacts>") + "<hpi.bundledArtifacts>".length(),
                pom.indexOf("</hpi.bundledArtifacts>"));
        Map<String, String> listed = new TreeMap<>();
        Matcher library = LIBRARY.matcher(Files.readString(PAGE));
        while (library.find()) {
            listed.put(library.group(1), library.group(2));
        }
        assertThat(listed.keySet()).isEqualTo(new TreeSet<>(Set.of(bundled.split(","))));
        for (String name : List.of("jmustache", "re2j", "commons-statistics")) {
            Matcher version =
                    Pattern.compile("<" + name + "\\.version>([^<]+)<").matcher(pom);
            assertThat(version.find()).isTrue();
            assertThat(listed)
                    .containsEntry(
                            name.equals("commons-statistics") ? "commons-statistics-inference" : name,
                            version.group(1));
        }
    }

    private static Map<String, String> tests() throws IOException {
        Map<String, String> tests = new TreeMap<>();
        for (String root : List.of("src/test/java", "src/cli-test/java")) {
            try (Stream<Path> files = Files.walk(Path.of(root))) {
                for (Path file : files.filter(each -> each.toString().endsWith("Test.java"))
                        .toList()) {
                    tests.put(file.getFileName().toString().replace(".java", ""), Files.readString(file));
                }
            }
        }
        return tests;
    }
}
