// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.secret;

import java.util.ArrayList;
import java.util.List;

/**
 * The form of a provider's tokens: literal text and runs of an {@link Alphabet}, {@code ghp_<a36-255>} for "ghp_" and 36 to 255 letters
 * and digits. A run takes all that it can and gives nothing back, so that a match looks at each character once.
 */
final class TokenForm {
    private final String kind;
    private final List<Part> parts;

    /** Either text, or a run of an alphabet. */
    private record Part(String text, Alphabet alphabet, int least, int most) {}

    TokenForm(String kind, String form) {
        this.kind = kind;
        this.parts = parse(form);
    }

    private static List<Part> parse(String form) {
        List<Part> parts = new ArrayList<>();
        int at = 0;
        while (at < form.length()) {
            int open = form.indexOf('<', at);
            if (open != at) {
                int end = open < 0 ? form.length() : open;
                parts.add(new Part(form.substring(at, end), null, 0, 0));
                at = end;
                continue;
            }
            int close = form.indexOf('>', open);
            String[] bounds = form.substring(open + 2, close).split("-");
            int least = Integer.parseInt(bounds[0]);
            parts.add(new Part(
                    "",
                    Alphabet.of(form.charAt(open + 1)),
                    least,
                    bounds.length == 1 ? least : Integer.parseInt(bounds[1])));
            at = close + 1;
        }
        return List.copyOf(parts);
    }

    String kind() {
        return kind;
    }

    /** The text it begins with, empty where it begins with a run. */
    String prefix() {
        return parts.get(0).text();
    }

    /** Where the token that begins at a place ends; -1 where none does. Documentation's tokens, all x or EXAMPLE, are none. */
    int end(String text, int start) {
        int at = start;
        int runs = start;
        for (Part part : parts) {
            if (part.alphabet() == null) {
                if (!text.startsWith(part.text(), at)) {
                    return -1;
                }
                at += part.text().length();
                runs = runs == start ? at : runs;
            } else {
                int end = part.alphabet().end(text, at, part.most());
                if (end - at < part.least()) {
                    return -1;
                }
                at = end;
            }
        }
        Part last = parts.get(parts.size() - 1);
        if (at < text.length()
                && (last.alphabet() == null ? Alphabet.ALNUM : last.alphabet()).has(text.charAt(at))
                && text.charAt(at) != '.') {
            return -1;
        }
        return SecretValue.isMadeUp(text.substring(runs, at)) ? -1 : at;
    }
}
