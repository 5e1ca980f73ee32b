// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.check.operation;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.jenkins.plugins.releaseguard.text.Glob;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tells the name of a migration back from that of the one forward: what the stars of one pattern match fills the other's. */
final class MigrationPair {
    private static final int STARS = 4;

    private final Pattern up;
    private final String down;

    MigrationPair(String up, String down) throws IOException {
        if (up.isBlank() || down.isBlank() || up.equals(down) || stars(up) != stars(down) || stars(up) > STARS) {
            throw new IOException("up and down need the same number of stars (1 to " + STARS + "), and must differ");
        }
        StringBuilder regex = new StringBuilder("((?:[^/]+/)*)");
        List<String> parts = new ArrayList<>(List.of(up.split("\\*", -1)));
        regex.append(Pattern.quote(parts.remove(0)));
        parts.forEach(p -> regex.append("([^/]*)").append(Pattern.quote(p)));
        this.up = Pattern.compile(regex.toString());
        this.down = down;
    }

    private static long stars(String pattern) {
        return pattern.chars().filter(c -> c == '*').count();
    }

    /** The path of the way back; empty where the path is no migration forward. */
    Optional<String> down(String path) {
        Matcher matcher = up.matcher(path);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        StringBuilder name = new StringBuilder(matcher.group(1));
        int group = 2;
        for (char c : down.toCharArray()) {
            name.append(c == '*' ? matcher.group(group++) : String.valueOf(c));
        }
        // '*.sql' forward matches '1.down.sql' too, which is a way back and no migration
        return matches(down, path) ? Optional.empty() : Optional.of(name.toString());
    }

    private static boolean matches(String pattern, String path) {
        return Glob.matches(pattern, path.substring(path.lastIndexOf('/') + 1));
    }
}
