// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.read.sbom;

import io.jenkins.plugins.releaseguard.text.Glob;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * SPDX licence expressions (SPDX 2.3, annex D) against what is allowed and denied: {@code AND} needs both, {@code OR} the better of
 * two, {@code WITH} binds before them, {@code AND} before {@code OR}. Ids count without case; {@code GPL-2.0} and
 * {@code GPL-2.0+} are what they are called since 3.0 of the list. "Or later" is held to what is said of the licence that it begins with, where nothing is said of it itself. A word
 * that the list doesn't have ({@link SpdxIds}) is known only where the policy has it as it is written.
 */
public final class LicencePolicy {
    /** The worst first. */
    public enum Verdict {
        DENIED,
        UNKNOWN,
        ALLOWED
    }

    /** Words of SPDX that name no licence: no pattern means them. */
    private static final Set<String> NOTHING = Set.of("noassertion", "none");

    private static final int LONGEST = 10_000;
    private static final int DEEPEST = 100;
    private static final Pattern TOKEN = Pattern.compile("\\s*+([()]|[A-Za-z0-9][A-Za-z0-9.:-]*+\\+?)\\s*+");
    private static final Pattern RENAMED = Pattern.compile("(?i)(a?gpl|lgpl|gfdl)-[0-9.]+\\+?");

    private final List<String> allowed;
    private final List<String> denied;

    /** Ids, {@code *} for any text in them, or names as documents have them; nothing allowed is anything not denied. */
    public LicencePolicy(List<String> allowed, List<String> denied) {
        this.allowed = allowed.stream().map(LicencePolicy::same).toList();
        this.denied = denied.stream().map(LicencePolicy::same).toList();
    }

    /** Whether it asks for anything. */
    public boolean isEmpty() {
        return allowed.isEmpty() && denied.isEmpty();
    }

    /** What an expression comes to; unknown where it is none. */
    public Verdict of(String expression) {
        // a name that stands in the policy as it is, expression or not
        String whole = same(expression);
        if (denied.contains(whole)) {
            return Verdict.DENIED;
        }
        if (allowed.contains(whole)) {
            return Verdict.ALLOWED;
        }
        List<String> tokens = tokens(expression);
        if (tokens.isEmpty()) {
            return Verdict.UNKNOWN;
        }
        Reading reading = new Reading(tokens);
        Verdict verdict = reading.either(0);
        return reading.broken || reading.at < tokens.size() ? Verdict.UNKNOWN : verdict;
    }

    private static boolean matches(List<String> patterns, String name) {
        return !NOTHING.contains(name) && patterns.stream().anyMatch(p -> Glob.matchesText(p, name));
    }

    private static List<String> tokens(String expression) {
        List<String> tokens = new ArrayList<>();
        if (expression.length() > LONGEST) {
            return tokens;
        }
        Matcher matcher = TOKEN.matcher(expression);
        int at = 0;
        while (at < expression.length()
                && matcher.region(at, expression.length()).lookingAt()) {
            tokens.add(matcher.group(1));
            at = matcher.end();
        }
        return at < expression.length() ? List.of() : tokens;
    }

    private static String same(String id) {
        String text = id.strip().toLowerCase(Locale.ROOT);
        int with = text.indexOf(" with ");
        if (with > 0) {
            return same(text.substring(0, with)) + text.substring(with);
        }
        if (!RENAMED.matcher(text).matches()) {
            return text;
        }
        return text.endsWith("+") ? text.substring(0, text.length() - 1) + "-or-later" : text + "-only";
    }

    /** The licence that "or later" begins with. */
    private static String plain(String base) {
        String later = "-or-later";
        if (base.endsWith(later)) {
            return base.substring(0, base.length() - later.length()) + "-only";
        }
        return base.endsWith("+") ? base.substring(0, base.length() - 1) : base;
    }

    /** {@code id} alone, or {@code id with exception}. */
    private Verdict atom(String id, String exception) {
        String base = same(id);
        String whole = exception.isEmpty() ? base : base + " with " + exception.toLowerCase(Locale.ROOT);
        String plain = plain(base);
        String same = exception.isEmpty() ? plain : plain + " with " + exception.toLowerCase(Locale.ROOT);
        if (!exception.isEmpty()
                && (allowed.contains(whole) || allowed.contains(same))
                && !denied.contains(whole)
                && !denied.contains(same)) {
            return Verdict.ALLOWED;
        }
        if (matches(denied, whole)) {
            return Verdict.DENIED;
        }
        if (matches(allowed, whole)) {
            return Verdict.ALLOWED;
        }
        // an exception permits more, and so does "or later"; neither forbids what the licence alone permits
        if (matches(denied, base) || matches(denied, plain)) {
            return Verdict.DENIED;
        }
        if (matches(allowed, base) || matches(allowed, plain)) {
            return Verdict.ALLOWED;
        }
        if (!SpdxIds.has(plain)) {
            return Verdict.UNKNOWN;
        }
        return allowed.isEmpty() ? Verdict.ALLOWED : Verdict.DENIED;
    }

    /** One pass over the words of an expression. */
    private final class Reading {
        private final List<String> tokens;
        private int at;
        private boolean broken;

        Reading(List<String> tokens) {
            this.tokens = tokens;
        }

        private boolean takes(String word) {
            boolean there = at < tokens.size() && tokens.get(at).equalsIgnoreCase(word);
            at += there ? 1 : 0;
            return there;
        }

        Verdict either(int depth) {
            Verdict best = both(depth);
            while (takes("OR")) {
                Verdict other = both(depth);
                best = other.compareTo(best) > 0 ? other : best;
            }
            return best;
        }

        private Verdict both(int depth) {
            Verdict worst = one(depth);
            while (takes("AND")) {
                Verdict other = one(depth);
                worst = other.compareTo(worst) < 0 ? other : worst;
            }
            return worst;
        }

        private Verdict one(int depth) {
            if (takes("(")) {
                if (depth >= DEEPEST) {
                    broken = true;
                    at = tokens.size();
                    return Verdict.UNKNOWN;
                }
                Verdict inside = either(depth + 1);
                broken |= !takes(")");
                return inside;
            }
            String id = word();
            return atom(id, takes("WITH") ? word() : "");
        }

        private String word() {
            String word = at < tokens.size() ? tokens.get(at) : ")";
            if (List.of("AND", "OR", "WITH", "(", ")").contains(word.toUpperCase(Locale.ROOT))) {
                broken = true;
                return "";
            }
            at++;
            return word;
        }
    }
}
