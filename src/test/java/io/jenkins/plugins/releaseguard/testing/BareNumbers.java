// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Numbers of a sentence behind which no unit stands and nothing that is counted. A list or a range has one unit behind its last
 * number; what a test computes ({@code p =}, {@code e =}) has none.
 */
public final class BareNumbers {
    private static final Pattern NUMBER =
            Pattern.compile("(?<![\\w.#/:-])[+±−-]?\\d[\\d,]*(?:\\.\\d+)?(?:e[+-]\\d+)?(?![\\w.]*\\w)");
    /** Of a list: ", 121", " and 250", " to 3", " …". */
    private static final Pattern MORE =
            Pattern.compile("(?:,? (?:and|or|to|of|up to)|–|,| …)? ?(?:[+±−-]?\\d[\\d,]*(?:\\.\\d+)?)|^ …");

    private static final Pattern WITHOUT = Pattern.compile("(?:\\b[pe] = |\\bbar is |e = [^;]*, at least |×"
            + "|\\b(?:status|exit|ended with|answers|answered|weight|line:?|column:?) )$");
    private static final Pattern TIME =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\d(?:[T ][\\d:.]+Z?)?|\\d\\d:\\d\\d(?::\\d\\d)?");
    private static final Pattern THING = Pattern.compile(" ?%| [A-Za-zµ°][\\wµ/]*.*| ?(?:KiB|MiB|GiB)\\b");

    private BareNumbers() {}

    /** Each with what stands around it. */
    public static List<String> in(String said) {
        List<String> bare = new ArrayList<>();
        String sentence = TIME.matcher(said).replaceAll("then");
        Matcher number = NUMBER.matcher(sentence);
        while (number.find()) {
            String before = sentence.substring(0, number.start());
            String after = sentence.substring(number.end());
            if (WITHOUT.matcher(before).find() || before.matches(".*\\b[pe] = [\\d.e-]+ of ")) {
                continue;
            }
            Matcher more = MORE.matcher(after);
            while (more.lookingAt()) {
                after = after.substring(more.end());
                more = MORE.matcher(after);
            }
            String word =
                    after.replaceFirst("^ (?:and|or|but|with|of|which|so|is|at|in|since|where|that|for)\\b.*", "");
            if (!THING.matcher(word).lookingAt()) {
                bare.add(sentence.substring(
                        Math.max(0, number.start() - 25), Math.min(sentence.length(), number.end() + 20)));
            }
        }
        return bare;
    }
}
