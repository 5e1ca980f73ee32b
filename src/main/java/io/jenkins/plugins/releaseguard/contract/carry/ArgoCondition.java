// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.carry;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Argo's {@code successCondition} and {@code failureCondition}: comparisons of {@code result} with a number, joined. Which hold on silence
 * ({@code len(result) == 0}, {@code isNaN}) are told apart: silence is never green here.
 *
 * @param failing each of them breaks; null where that can't be said by one condition an entry
 * @param silence what was said of silence
 */
record ArgoCondition(List<Failing> failing, List<String> silence) {
    private static final String RESULT =
            "(?:asFloat\\(|float\\(|default\\()?\\(?result(?:\\[0\\]|\\.value|\\.avg)?(?:,\\s*[-+.\\d]+)?\\)*";
    private static final String SIGN = "\\s*(>=|<=|==|!=|>|<)\\s*";
    private static final String NUMBER = "([-+]?[\\d.]+(?:[eE][-+]?\\d+)?)";
    private static final Pattern COMPARED = Pattern.compile(RESULT + SIGN + NUMBER);
    private static final Pattern TURNED = Pattern.compile(NUMBER + SIGN + RESULT);
    private static final Pattern SILENT = Pattern.compile(
            "!?\\s*(?:isNaN|isInf|isNil|isNull)\\([^()]*\\)|len\\(result\\)\\s*(?:>=|<=|==|!=|>|<)\\s*[01]|result\\s*[!=]=\\s*nil");

    /** @param success whether it is what must hold */
    static ArgoCondition of(String text, boolean success) {
        String bare = PromTokens.bare(text.strip());
        List<String> any = split(bare, "||");
        List<String> all = split(bare, "&&");
        if (any.size() > 1 && all.size() > 1) {
            return new ArgoCondition(null, List.of());
        }
        List<String> parts = any.size() > 1 ? any : all;
        // each part of what must all hold breaks alone, and so does each part of what breaks by any
        boolean apart = success ? any.size() == 1 : all.size() == 1;
        List<Failing> failing = new ArrayList<>();
        List<String> silence = new ArrayList<>();
        for (String raw : parts) {
            String part = PromTokens.bare(raw);
            if (SILENT.matcher(part).matches()) {
                silence.add(part);
                continue;
            }
            if (part.contains("default(")) {
                silence.add(part);
            }
            Failing one = one(part, success);
            if (one == null) {
                return new ArgoCondition(null, silence);
            }
            failing.add(one);
        }
        return new ArgoCondition(!apart && failing.size() > 1 || failing.isEmpty() ? null : failing, silence);
    }

    private static Failing one(String part, boolean success) {
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
        if (sign.length() == 2 && sign.endsWith("=") && (sign.startsWith("=") || sign.startsWith("!"))) {
            // nothing lies below none: what must be 0 breaks above it
            boolean none = bound.signum() == 0 && sign.equals(success ? "==" : "!=");
            return none ? Failing.fixed(">", bound) : null;
        }
        return Failing.fixed(success ? Failing.opposite(sign) : sign, bound);
    }

    /** The parts between a joint that stands in no parentheses. */
    private static List<String> split(String text, String joint) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (depth == 0 && text.startsWith(joint, i)) {
                parts.add(text.substring(from, i).strip());
                from = i + joint.length();
                i++;
            }
        }
        parts.add(text.substring(from).strip());
        return parts;
    }
}
