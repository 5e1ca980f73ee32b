// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.secret;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The two lists, with what is made up filled in, the same at each run: no file of the repository holds what a scanner of repositories
 * would take for a live secret. {@code {a36}} is 36 letters and digits ({@code d h H u l w b} as {@link Alphabet} has them), {@code {p}} a
 * password, {@code {basic}} Base64 of a user and a password, {@code {uuid}} one, {@code {nl}} a line break, {@code {w:X}} X itself.
 */
final class SecretListFixture {
    private static final Pattern FILL =
            Pattern.compile("\\{(?:([dhHulawb])(\\d{1,3})|[wx]:(\\w{1,20})|(p|basic|uuid|nl))\\}");

    private SecretListFixture() {}

    static List<String> lines(String name) {
        try (InputStream in = SecretListFixture.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(SecretListFixture::fill)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String fill(String line) {
        Random random = new Random(line.hashCode());
        return FILL.matcher(line).replaceAll(match -> Matcher.quoteReplacement(filled(match, random)));
    }

    private static String filled(java.util.regex.MatchResult fill, Random random) {
        if (fill.group(1) != null) {
            return run(random, Alphabet.of(fill.group(1).charAt(0)), Integer.parseInt(fill.group(2)));
        }
        if (fill.group(3) != null) {
            return fill.group(3);
        }
        return switch (fill.group(4)) {
            case "p" -> password(random);
            case "basic" ->
                Base64.getEncoder().encodeToString(("ada:" + password(random)).getBytes(StandardCharsets.UTF_8));
            case "uuid" ->
                List.of(8, 4, 4, 4, 12).stream()
                        .map(length -> run(random, Alphabet.HEX, length))
                        .collect(Collectors.joining("-"));
            default -> "\n";
        };
    }

    private static String password(Random random) {
        return "Kq" + run(random, Alphabet.DIGITS, 2) + run(random, Alphabet.ALNUM, 6) + "-"
                + run(random, Alphabet.LOWER, 3);
    }

    private static String run(Random random, Alphabet alphabet, int length) {
        StringBuilder run = new StringBuilder();
        while (run.length() < length) {
            char c = (char) (33 + random.nextInt(94));
            if (alphabet.has(c)) {
                run.append(c);
            }
        }
        return run.toString();
    }
}
