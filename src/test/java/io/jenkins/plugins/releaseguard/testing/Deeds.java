// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A list of words, each with the test that sees it at work, or with the rule that refuses it: lines of a word, a tab, and {@code
 * TestClass#method} or {@code refused: RG-RULE}. Held against the words that there are.
 */
public final class Deeds {
    public static final String REFUSED = "refused: ";
    private static final Path FOLDER = Path.of("src/test/resources/io/jenkins/plugins/releaseguard/deeds");
    private static final Path TESTS = Path.of("src/test/java");

    private final Path file;
    private final Map<String, String> lines = new LinkedHashMap<>();

    private Deeds(Path file) throws IOException {
        this.file = file;
        for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
            if (!line.isBlank() && !line.startsWith("#")) {
                String[] parts = line.split("\t");
                if (parts.length != 2 || lines.put(parts[0], parts[1]) != null) {
                    throw new IOException(file + ": not 'word<tab>test', or twice: " + line);
                }
            }
        }
    }

    /** @param name of a file in the folder of deeds */
    public static Deeds read(String name) throws IOException {
        return new Deeds(FOLDER.resolve(name));
    }

    /** By word, in the order of the file. */
    public Map<String, String> lines() {
        return lines;
    }

    /** What is wrong with the list, each with the line to add or to take out; empty for nothing. */
    public List<String> against(Collection<String> words) throws IOException {
        List<String> wrong = new ArrayList<>();
        for (String word : words) {
            if (!lines.containsKey(word)) {
                wrong.add("to " + file + " add the line '" + word
                        + "<tab>TheTest#method' with a test that sees what it does, or refuse it (RG-DEED)");
            }
        }
        for (String word : lines.keySet()) {
            if (!words.contains(word)) {
                wrong.add("from " + file + " take the line of '" + word + "' out: there is no such word");
            }
        }
        wrong.addAll(withoutTest());
        return wrong;
    }

    private List<String> withoutTest() throws IOException {
        Map<String, String> sources = sources();
        Map<String, String> fixtures = new LinkedHashMap<>(sources);
        fixtures.keySet().removeIf(name -> !name.endsWith("Fixture"));
        List<String> wrong = new ArrayList<>();
        for (Map.Entry<String, String> line : lines.entrySet()) {
            if (line.getValue().startsWith(REFUSED)) {
                continue;
            }
            String[] test = line.getValue().split("#", 2);
            String source = sources.get(test[0]);
            String name = spoken(line.getKey());
            if (test.length < 2 || source == null) {
                wrong.add(line.getKey() + ": there is no test " + line.getValue());
            } else if (!Pattern.compile("\\bvoid " + Pattern.quote(test[1]) + "\\(")
                    .matcher(source)
                    .find()) {
                wrong.add(line.getKey() + ": " + test[0] + " has no method " + test[1]);
            } else if (!says(source, name)
                    && fixtures.entrySet().stream()
                            .noneMatch(f -> says(source, f.getKey()) && says(f.getValue(), name))) {
                wrong.add(line.getKey() + ": " + test[0] + " does not say '" + name + "'");
            }
        }
        return wrong;
    }

    /** By its name or its setter's. */
    private static boolean says(String source, String name) {
        String setter = "set" + name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
        return Pattern.compile("(?<![A-Za-z])(?:" + Pattern.quote(name) + "|" + Pattern.quote(setter) + ")(?![A-Za-z])")
                .matcher(source)
                .find();
    }

    /** The name by which a test speaks of a word: of {@code metric.worse=lower} it is {@code lower}. */
    private static String spoken(String word) {
        String last = word.substring(word.indexOf('.') + 1);
        return last.substring(last.indexOf('=') + 1);
    }

    private static Map<String, String> sources() throws IOException {
        try (Stream<Path> files = Files.walk(TESTS)) {
            return files.filter(f -> f.toString().endsWith(".java"))
                    .collect(Collectors.toMap(
                            f -> f.getFileName().toString().replace(".java", ""), Deeds::text, (a, b) -> a + b));
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
