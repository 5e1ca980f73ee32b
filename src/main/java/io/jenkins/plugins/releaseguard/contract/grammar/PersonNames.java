// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.grammar;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Whether a word where a name is asked for is one: {@code Reviewed: no}, {@code by: TBD} and {@code Owner: n/a} name nobody. */
public final class PersonNames {
    private static final Pattern NAME =
            Pattern.compile("@?[\\p{L}\\p{N}][\\p{L}\\p{N} ._'’()<>+/-]{0,99}(?:@[A-Za-z0-9.-]{1,80}>?)?");
    private static final Pattern OTHER = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final Set<String> NOBODY = Set.of(
            "tbd",
            "tba",
            "todo",
            "pending",
            "open",
            "later",
            "soon",
            "n a",
            "na",
            "none",
            "null",
            "no",
            "not",
            "not yet",
            "nobody",
            "no one",
            "noone",
            "someone",
            "somebody",
            "anyone",
            "anybody",
            "everyone",
            "me",
            "us",
            "you",
            "team",
            "the team",
            "name",
            "your name",
            "yes",
            "true",
            "false",
            "done",
            "ok",
            "x",
            "xxx",
            "unknown",
            "whoever",
            "who",
            "required",
            "optional",
            "missing",
            "nil",
            "self");

    private PersonNames() {}

    /** Whether the text can be somebody's name, id or address. */
    public static boolean isPerson(String text) {
        String name = text.strip();
        String plain =
                OTHER.matcher(name.toLowerCase(Locale.ROOT)).replaceAll(" ").strip();
        return NAME.matcher(name).matches() && plain.codePoints().anyMatch(Character::isLetter) && !isNothing(plain);
    }

    /** Whether the text says that there is nothing, or nothing yet. */
    public static boolean isNothing(String text) {
        String plain =
                OTHER.matcher(text.toLowerCase(Locale.ROOT)).replaceAll(" ").strip();
        return plain.isEmpty() || NOBODY.contains(plain) || plain.startsWith("todo ") || plain.startsWith("tbd ");
    }
}
