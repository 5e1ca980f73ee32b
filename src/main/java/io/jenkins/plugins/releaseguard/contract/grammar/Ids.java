// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.grammar;

import io.jenkins.plugins.releaseguard.contract.IdList;
import java.util.List;
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
    private static final Pattern NUMBER = Pattern.compile("\\d{1,6}");
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

    /** The ids of one text, ranges as ranges. */
    public static IdList parse(String text) throws SyntaxProblem {
        IdList.Builder ids = new IdList.Builder();
        String plain = blank(text);
        int from = 0;
        for (int i = 0; i <= plain.length(); i++) {
            if (i == plain.length() || plain.charAt(i) == ',' || plain.charAt(i) == ';') {
                part(plain.substring(from, i), from, ids);
                from = i + 1;
            }
        }
        return ids.build();
    }

    /** Blanks notes in parentheses and brackets around the list, keeping every offset. */
    private static String blank(String text) {
        return NOTE.matcher(text)
                .replaceAll(m -> " ".repeat(m.group().length()))
                .replace('[', ' ')
                .replace(']', ' ');
    }

    private static void part(String raw, int offset, IdList.Builder ids) throws SyntaxProblem {
        String part = raw.strip().replaceFirst("^and\\s+", "");
        if (part.isEmpty()) {
            return;
        }
        int at = offset + raw.indexOf(part);
        Matcher one = ID.matcher(part);
        Matcher range = RANGE.matcher(part);
        String[] numbers = part.split("/", -1);
        Matcher first = ID.matcher(numbers[0].strip());
        if (one.matches()) {
            number(known(one.group(1), at), one.group(2), ids);
        } else if (numbers.length > 1 && first.matches() && areNumbers(numbers)) {
            String prefix = known(first.group(1), at);
            number(prefix, first.group(2), ids);
            for (int i = 1; i < numbers.length; i++) {
                number(prefix, numbers[i].strip(), ids);
            }
        } else if (range.matches()) {
            range(range, at, ids);
        } else {
            throw new SyntaxProblem(
                    at,
                    "'" + Cursor.shorten(part) + "' is no id",
                    "an id is a prefix, a hyphen and a number, as TEST-001; known prefixes: "
                            + String.join(", ", PREFIXES));
        }
    }

    private static boolean areNumbers(String[] parts) {
        for (int i = 1; i < parts.length; i++) {
            if (!NUMBER.matcher(parts[i].strip()).matches()) {
                return false;
            }
        }
        return true;
    }

    private static void number(String prefix, String digits, IdList.Builder ids) {
        int number = Integer.parseInt(digits);
        ids.add(prefix, digits.length(), number, number);
    }

    private static void range(Matcher range, int at, IdList.Builder ids) throws SyntaxProblem {
        String prefix = known(range.group(1), at);
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
        ids.add(prefix, range.group(2).length(), first, last);
    }

    private static String known(String prefix, int at) throws SyntaxProblem {
        if (!PREFIXES.contains(prefix)) {
            String near = Nearest.to(prefix, PREFIXES)
                    .map(n -> "did you mean " + n + "-? ")
                    .orElse("");
            throw new SyntaxProblem(
                    at, prefix + "- is no known kind of id", near + "known prefixes: " + String.join(", ", PREFIXES));
        }
        return prefix;
    }
}
