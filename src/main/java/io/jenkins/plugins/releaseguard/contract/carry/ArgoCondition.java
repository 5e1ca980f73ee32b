// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.carry;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Argo's {@code successCondition} and {@code failureCondition} (features/analysis.md; the expressions are those of expr-lang): comparisons of
 * {@code result} with a number, joined by {@code &&}, {@code ||}, {@code !} and their words. Which hold on silence ({@code len(result) == 0},
 * {@code isNaN}) are told apart: silence is never green here.
 *
 * @param breaks each of them breaks where all in it hold; null where that can't be said
 * @param silence what was said of silence
 */
record ArgoCondition(List<List<Failing>> breaks, List<String> silence) {
    private static final String RESULT =
            "(?:asFloat\\(|float\\(|default\\()?\\(?result(?:\\[0\\]|\\.value|\\.avg)?(?:,\\s*[-+.\\d]+)?\\)*";
    private static final String SIGN = "\\s*(>=|<=|==|!=|>|<)\\s*";
    private static final String NUMBER = "([-+]?[\\d.]+(?:[eE][-+]?\\d+)?)";
    private static final Pattern COMPARED = Pattern.compile(RESULT + SIGN + NUMBER);
    private static final Pattern TURNED = Pattern.compile(NUMBER + SIGN + RESULT);
    private static final Pattern SILENT = Pattern.compile(
            "(?:isNaN|isInf|isNil|isNull)\\([^()]*\\)|len\\(result\\)\\s*(?:>=|<=|==|!=|>|<)\\s*[01]|result\\s*[!=]=\\s*nil");
    private static final Pattern NOT = Pattern.compile("(?:!|not\\s)\\s*+");
    private static final int DEEPEST = 20;
    private static final int MOST_BREAKS = 8;
    /** As many conditions as a threshold joins. */
    private static final int MOST_JOINED = 5;

    /** @param success whether it is what must hold */
    static ArgoCondition of(String text, boolean success) {
        Reader reader = new Reader();
        List<List<Failing>> breaks = reader.breaks(text.strip(), success, 0);
        boolean none = breaks == null || breaks.isEmpty() || breaks.contains(List.of());
        return new ArgoCondition(none ? null : breaks, List.copyOf(reader.silence));
    }

    private static final class Reader {
        private final List<String> silence = new ArrayList<>();

        /** Null where it can't be said; empty where it speaks of silence alone. */
        private List<List<Failing>> breaks(String text, boolean not, int depth) {
            if (depth > DEEPEST) {
                return null;
            }
            String bare = PromTokens.bare(text);
            List<String> any = split(bare, "||", " or ");
            List<String> all = any.size() > 1 ? any : split(bare, "&&", " and ");
            if (all.size() > 1) {
                // what must hold all together is missed by each alone, and what must hold once by all together
                boolean apart = any.size() > 1 != not;
                return joined(all, not, apart, depth);
            }
            Matcher negated = NOT.matcher(bare);
            if (negated.lookingAt() && !SILENT.matcher(bare).matches()) {
                return breaks(bare.substring(negated.end()), !not, depth + 1);
            }
            if (SILENT.matcher(bare).matches()) {
                silence.add(bare);
                return List.of();
            }
            if (bare.contains("default(")) {
                silence.add(bare);
            }
            return one(bare, not);
        }

        private List<List<Failing>> joined(List<String> parts, boolean not, boolean apart, int depth) {
            List<List<Failing>> joined = new ArrayList<>();
            for (String part : parts) {
                List<List<Failing>> next = breaks(part, not, depth + 1);
                if (next == null) {
                    return null;
                }
                if (apart || joined.isEmpty()) {
                    joined.addAll(next);
                } else if (!next.isEmpty()) {
                    joined = product(joined, next);
                }
                if (joined.size() > MOST_BREAKS) {
                    return null;
                }
            }
            return joined.stream().anyMatch(b -> b.size() > MOST_JOINED) ? null : joined;
        }

        private static List<List<Failing>> product(List<List<Failing>> some, List<List<Failing>> others) {
            List<List<Failing>> product = new ArrayList<>();
            for (List<Failing> one : some) {
                for (List<Failing> other : others) {
                    List<Failing> both = new ArrayList<>(one);
                    both.addAll(other);
                    product.add(both);
                }
            }
            return product;
        }
    }

    private static List<List<Failing>> one(String part, boolean success) {
        Matcher compared = COMPARED.matcher(part);
        Matcher turned = TURNED.matcher(part);
        String sign;
        BigDecimal bound;
        if (compared.matches()) {
            sign = compared.group(1);
            bound = Numbers.of(compared.group(2));
        } else if (turned.matches()) {
            sign = Failing.mirrored(turned.group(2));
            bound = Numbers.of(turned.group(1));
        } else {
            return null;
        }
        if (bound == null) {
            return null;
        }
        if (sign.equals("==") || sign.equals("!=")) {
            if (sign.equals("==") != success) {
                return List.of(List.of(Failing.fixed("=", bound)));
            }
            // nothing lies below none: what must be 0 breaks above it
            return bound.signum() == 0
                    ? List.of(List.of(Failing.fixed(">", bound)))
                    : List.of(List.of(Failing.fixed("<", bound)), List.of(Failing.fixed(">", bound)));
        }
        return List.of(List.of(Failing.fixed(success ? Failing.opposite(sign) : sign, bound)));
    }

    /** The parts between joints that stand in no parentheses. */
    private static List<String> split(String text, String... joints) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            for (String joint : joints) {
                if (depth == 0 && text.startsWith(joint, i)) {
                    parts.add(text.substring(from, i).strip());
                    from = i + joint.length();
                    i = from - 1;
                    break;
                }
            }
        }
        parts.add(text.substring(from).strip());
        return parts;
    }
}
