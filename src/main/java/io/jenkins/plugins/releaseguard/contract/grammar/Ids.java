// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.grammar;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Ids such as {@code TEST-001} and lists of them as people write them: {@code TEST-001 to TEST-050},
 * {@code TEST-001..TEST-050},
 * {@code API-001–020}, {@code UJ-000/001/005/010 (critical journeys)}, separated by commas or semicolons.
 */
public final class Ids {
    /** The known prefixes, in the order of the reference. */
    public static final List<String> PREFIXES = List.of(
            "EPIC", "TEST", "API", "ENV", "ARC", "TECH", "RISK", "KPI", "MON", "RUN", "UJ", "FEA", "DBT", "GTM", "DEP");

    private static final int MOST = 1000;
    private static final Pattern ID = Pattern.compile("([A-Z]{2,5})-(\\d{1,6})");
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9._-]{0,63}");
    private static final Pattern RANGE = Pattern.compile(
            "([A-Z]{2,5})-(\\d{1,6})\\s*(?:\\.\\.\\.?|…|to|through|–|—|-)\\s*(?:([A-Z]{2,5})-)?(\\d{1,6})");
    private static final Pattern SLASHES = Pattern.compile("([A-Z]{2,5})-(\\d{1,6})((?:\\s*/\\s*\\d{1,6})+)");
    private static final Pattern NOTE = Pattern.compile("\\([^()]*\\)");

    private Ids() {}

    /** Whether this is one id with a known prefix. */
    public static boolean isId(String text) {
        Matcher matcher = ID.matcher(text);
        return matcher.matches() && PREFIXES.contains(matcher.group(1));
    }

    /** Whether a metric may be called so: an id, or a plain name such as {@code error-rate}. */
    public static boolean isMetricId(String text) {
        return NAME.matcher(text).matches();
    }

    /** The ids of one text, ranges expanded. */
    public static List<String> parse(String text) throws SyntaxProblem {
        Set<String> ids = new LinkedHashSet<>();
        String plain = blank(text);
        int from = 0;
        for (int i = 0; i <= plain.length(); i++) {
            if (i == plain.length() || plain.charAt(i) == ',' || plain.charAt(i) == ';') {
                part(plain.substring(from, i), from, ids);
                from = i + 1;
            }
        }
        return List.copyOf(ids);
    }

    /** Blanks notes in parentheses and brackets around the list, keeping every offset. */
    private static String blank(String text) {
        return NOTE.matcher(text)
                .replaceAll(m -> " ".repeat(m.group().length()))
                .replace('[', ' ')
                .replace(']', ' ');
    }

    private static void part(String raw, int offset, Set<String> ids) throws SyntaxProblem {
        String part = raw.strip().replaceFirst("^and\\s+", "");
        if (part.isEmpty()) {
            return;
        }
        int at = offset + raw.indexOf(part);
        Matcher one = ID.matcher(part);
        Matcher range = RANGE.matcher(part);
        Matcher slashes = SLASHES.matcher(part);
        if (one.matches()) {
            ids.add(known(part, one.group(1), at));
        } else if (slashes.matches()) {
            String prefix = slashes.group(1) + "-";
            ids.add(known(prefix + slashes.group(2), slashes.group(1), at));
            for (String number : slashes.group(3).split("/")) {
                if (!number.isBlank()) {
                    ids.add(prefix + number.strip());
                }
            }
        } else if (range.matches()) {
            ids.addAll(range(range, at));
        } else {
            throw new SyntaxProblem(
                    at,
                    "'" + Cursor.shorten(part) + "' is no id",
                    "an id is a prefix, a hyphen and a number, as TEST-001; known prefixes: "
                            + String.join(", ", PREFIXES));
        }
    }

    private static List<String> range(Matcher range, int at) throws SyntaxProblem {
        String prefix = known(range.group(1), range.group(1), at);
        if (range.group(3) != null && !range.group(3).equals(prefix)) {
            throw new SyntaxProblem(
                    at, "a range from " + prefix + "- to " + range.group(3) + "-", "use one prefix in a range");
        }
        int first = Integer.parseInt(range.group(2));
        int last = Integer.parseInt(range.group(4));
        if (last < first || last - first >= MOST) {
            throw new SyntaxProblem(
                    at, "a range from " + first + " to " + last, "a range rises and holds at most " + MOST + " ids");
        }
        int width = range.group(2).length();
        List<String> ids = new ArrayList<>();
        for (int i = first; i <= last; i++) {
            String number = String.valueOf(i);
            ids.add(prefix + "-" + "0".repeat(Math.max(0, width - number.length())) + number);
        }
        return ids;
    }

    private static String known(String id, String prefix, int at) throws SyntaxProblem {
        if (!PREFIXES.contains(prefix)) {
            String near = Nearest.to(prefix, PREFIXES)
                    .map(n -> "did you mean " + n + "-? ")
                    .orElse("");
            throw new SyntaxProblem(
                    at, prefix + "- is no known kind of id", near + "known prefixes: " + String.join(", ", PREFIXES));
        }
        return id;
    }
}
