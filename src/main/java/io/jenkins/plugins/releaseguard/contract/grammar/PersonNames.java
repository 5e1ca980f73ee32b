// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.grammar;

import java.util.List;
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
            "self",
            "tbc",
            "unassigned",
            "assignee",
            "noon",
            "tonight",
            "here",
            "channel",
            "latest",
            "staging",
            "production",
            "prod");

    /** What no name begins with: there is nobody, only a part, a way or a day that is named. */
    private static final Set<String> FIRST = Set.of(
            "nobody",
            "noone",
            "none",
            "no",
            "not",
            "never",
            "tbd",
            "tba",
            "tbc",
            "todo",
            "pending",
            "unassigned",
            "unknown",
            "assignee",
            "someone",
            "somebody",
            "anyone",
            "anybody",
            "everyone",
            "everybody",
            "whoever",
            "hand",
            "hands",
            "default",
            "design",
            "accident",
            "mistake",
            "script",
            "scripts",
            "cron",
            "bot",
            "automation",
            "pipeline",
            "machine",
            "jenkins",
            "ci",
            "email",
            "mail",
            "phone",
            "chat",
            "proxy",
            "due",
            "failed",
            "fails",
            "failing",
            "waiting",
            "skipped",
            "blocked",
            "open",
            "later",
            "soon",
            "today",
            "tomorrow",
            "yesterday",
            "tonight",
            "now",
            "then",
            "end",
            "eod",
            "eow",
            "eob",
            "cob",
            "noon",
            "midnight",
            "next",
            "monday",
            "tuesday",
            "wednesday",
            "thursday",
            "friday",
            "saturday",
            "sunday",
            "week",
            "month",
            "q1",
            "q2",
            "q3",
            "q4",
            "january",
            "february",
            "march",
            "july",
            "september",
            "october",
            "november",
            "december",
            "team",
            "using",
            "means");

    /** What a name doesn't hold: it is a promise, or nobody in it has a name. */
    private static final Set<String> WITHIN =
            Set.of("team", "teams", "tomorrow", "yet", "tbd", "tbc", "later", "soon", "nobody", "someone");

    private static final Pattern BLANKS = Pattern.compile("\\s++");
    /** The same in small letters only, as {@code An} and {@code My} are names. */
    private static final Set<String> FIRST_IN_SMALL = Set.of(
            "this", "that", "the", "a", "an", "our", "my", "your", "their", "his", "her", "its", "all", "any", "some",
            "every", "each", "both", "either", "other", "others", "another", "and", "or");

    private static final Set<String> FILES = Set.of(
            "sh", "bash", "ps1", "bat", "cmd", "exe", "py", "rb", "pl", "js", "ts", "go", "jar", "groovy", "sql", "tf",
            "yml", "yaml", "json", "xml", "toml", "conf", "cfg", "log", "csv", "md", "txt", "pdf", "htm", "html");
    private static final Pattern DAY =
            Pattern.compile("(?i:mon|tues?|wed|thur?s?|fri|sat|sun)(?:[. ]++[0-9a-z:. ]{1,80}+)?");
    private static final Pattern DATE = Pattern.compile("[0-9]{1,4}+\\S{0,2}+ .{0,80}+"
            + "|(?:april|may|june|august|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec) [0-9]{1,4}+\\S{0,2}+.{0,20}+");
    private static final Pattern DOING = Pattern.compile("[a-z]{6,20}+(?<=ing) .{1,100}+");

    private PersonNames() {}

    /** Whether the text can be somebody's name, id or address. */
    public static boolean isPerson(String text) {
        String name = text.strip();
        String plain =
                OTHER.matcher(name.toLowerCase(Locale.ROOT)).replaceAll(" ").strip();
        return NAME.matcher(name).matches()
                && plain.codePoints().anyMatch(Character::isLetter)
                && !isNothing(plain)
                && !isElse(name, plain);
    }

    /** Whether what is named is a day, a way, a file, a part of a firm; {@code the-boss} and {@code mail.man} are ids. */
    private static boolean isElse(String name, String plain) {
        List<String> words = List.of(BLANKS.split(name));
        String first = OTHER.matcher(words.get(0)).replaceAll("");
        return FIRST.contains(first.toLowerCase(Locale.ROOT))
                || FIRST_IN_SMALL.contains(first)
                || words.stream()
                        .map(word ->
                                OTHER.matcher(word.toLowerCase(Locale.ROOT)).replaceAll(""))
                        .anyMatch(WITHIN::contains)
                || words.size() == 1
                        && name.indexOf('@') < 0
                        && FILES.contains(
                                name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT))
                        && name.indexOf('.') > 0
                || DAY.matcher(name).matches()
                || DATE.matcher(plain).matches()
                || DOING.matcher(name).matches();
    }

    /** Whether the text says that there is nothing, or nothing yet. */
    public static boolean isNothing(String text) {
        String plain =
                OTHER.matcher(text.toLowerCase(Locale.ROOT)).replaceAll(" ").strip();
        return plain.isEmpty() || NOBODY.contains(plain) || plain.startsWith("todo ") || plain.startsWith("tbd ");
    }
}
