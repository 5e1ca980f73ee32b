// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UnifiedDiffTest {
    private static final Pattern HUNK = Pattern.compile("@@ -(\\d+)(?:,(\\d+))? \\+(\\d+)(?:,(\\d+))? @@");

    @Test
    void itLooksAsDiffMakesIt() {
        assertThat(UnifiedDiff.of("f", "a\n", "a\n")).isEmpty();
        assertThat(UnifiedDiff.of("release.yaml", "1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nV\n6\n7\n8\n9\n"))
                .isEqualTo("""
                        --- a/release.yaml
                        +++ b/release.yaml
                        @@ -2,7 +2,7 @@
                         2
                         3
                         4
                        -5
                        +V
                         6
                         7
                         8
                        """);
        assertThat(UnifiedDiff.of("f", "a", "a\nb\n"))
                .isEqualTo("--- a/f\n+++ b/f\n@@ -1 +1,2 @@\n-a\n\\ No newline at end of file\n+a\n+b\n");
    }

    /** Whoever applies the hunks to the first text gets the second, whatever they are. */
    @Test
    void appliedItMakesTheSecondText() {
        Random random = new Random(1);
        for (int run = 0; run < 300; run++) {
            List<String> lines = new ArrayList<>(IntStream.range(0, random.nextInt(60))
                    .mapToObj(i -> random.nextInt(8) == 0 ? "same\n" : "line " + i + "\n")
                    .toList());
            String before = String.join("", lines);
            for (int edit = random.nextInt(5); edit >= 0; edit--) {
                int at = lines.isEmpty() ? 0 : random.nextInt(lines.size());
                if (lines.isEmpty() || random.nextBoolean()) {
                    lines.add(at, "new " + edit + "\n");
                } else if (random.nextBoolean()) {
                    lines.remove(at);
                } else {
                    lines.set(at, "changed " + edit + "\n");
                }
            }
            String after = String.join("", lines);
            String diff = UnifiedDiff.of("f", before, after);
            assertThat(applied(before, diff)).as("%s", diff).isEqualTo(after);
        }
    }

    private static String applied(String before, String diff) {
        List<String> from = List.of(before.isEmpty() ? new String[0] : before.split("(?<=\n)"));
        StringBuilder out = new StringBuilder();
        int at = 0;
        for (String line : diff.split("(?<=\n)")) {
            Matcher hunk = HUNK.matcher(line.strip());
            if (hunk.matches()) {
                int first = Integer.parseInt(hunk.group(1)) - ("0".equals(hunk.group(2)) ? 0 : 1);
                while (at < first) {
                    out.append(from.get(at++));
                }
            } else if (line.startsWith("+") && !line.startsWith("+++")) {
                out.append(line.substring(1));
            } else if (line.startsWith(" ") || line.startsWith("-") && !line.startsWith("---")) {
                assertThat(from.get(at)).isEqualTo(line.substring(1));
                out.append(line.startsWith(" ") ? line.substring(1) : "");
                at++;
            }
        }
        while (at < from.size()) {
            out.append(from.get(at++));
        }
        return out.toString();
    }
}
