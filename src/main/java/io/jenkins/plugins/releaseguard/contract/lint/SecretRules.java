// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.lint;

import static io.jenkins.plugins.releaseguard.contract.Severity.ERROR;
import static io.jenkins.plugins.releaseguard.contract.Severity.WARNING;

import io.jenkins.plugins.releaseguard.contract.EnvironmentEntry;
import io.jenkins.plugins.releaseguard.contract.SecretRef;
import java.util.List;
import java.util.regex.Pattern;

/** No secret's value in the file, and a plan for each that is named. Messages never repeat what looks like a secret. */
final class SecretRules {
    /** Forms that vendors document for their tokens and keys; each bounded, as the text may be anyone's. */
    private static final Pattern TOKEN = Pattern.compile(
            "\\bAKIA[0-9A-Z]{16}\\b|\\bASIA[0-9A-Z]{16}\\b|\\bgh[pousr]_[A-Za-z0-9]{30,255}|\\bgithub_pat_[A-Za-z0-9_]{30,255}"
                    + "|\\bglpat-[A-Za-z0-9_-]{20,100}|\\bxox[abprs]-[A-Za-z0-9-]{10,200}|\\bsk_live_[A-Za-z0-9]{16,200}|\\bAIza[A-Za-z0-9_-]{35}|-----BEGIN"
                    + " [A-Z ]{0,30}PRIVATE KEY|\\beyJ[A-Za-z0-9_-]{10,2000}\\.eyJ[A-Za-z0-9_-]{10,2000}\\.");

    private static final Pattern IN_URL =
            Pattern.compile("[a-z][a-z0-9+.-]{1,20}://[^/\\s:@]{1,100}:([^/\\s@]{1,200})@");
    private static final Pattern KEY = Pattern.compile("(?i)[A-Z0-9_."
            + " -]{0,60}(?:password|passwd|pwd|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|credential)s?:"
            + " (.{1,400})");
    private static final Pattern OPTION = Pattern.compile(
            "(?i)(?:--?|\\b)(?:password|passwd|pwd|token|api[_-]?key|secret)[= ]([^\\s\"'$<{][^\\s\"']{3,100})");
    private static final Pattern HARMLESS = Pattern.compile(
            "(?i)(?:\\$\\{?\\w+\\}?|\\*+|<.*>|none|yes|no|true|false|on|off|\\d{1,9}\\s?(?:ms|s|m|h|d|minutes|hours|days)?|\\w{0,40}(?:[-_.]id|[-_.]ref)|"
                    + "(?:vault|arn|secretsmanager|ssm|credentials?|jenkins|env|file)[:/].*|.*\\b(?:manager|vault|rotated|store|credentials)\\b.*)");

    private static final int SHORTEST = 8;

    static final List<LintRule> RULES = List.of(
            new LintRule(
                    "RG-SECRET-VALUE",
                    ERROR,
                    Category.SECURITY,
                    AntiPattern.SECRETS_IN_CODE,
                    "No secret's value stands in the contract",
                    SecretRules::values),
            new LintRule(
                    "RG-SECRET-PLAN",
                    WARNING,
                    Category.SECURITY,
                    AntiPattern.SECRETS_IN_CODE,
                    "Every secret has a store, a rotation, a procedure, an emergency procedure and an owner",
                    SecretRules::plan));

    private SecretRules() {}

    private static void values(ContractFacts facts, LintFindings out) {
        Texts.visit(facts.contract(), (at, text) -> {
            String what = secret(text);
            if (what != null) {
                out.add(
                        at,
                        "a secret seems to stand here: " + what,
                        "take it out, renew it, and name it by its credentials id under secrets");
            }
        });
    }

    /** What kind of secret the text seems to hold, null for none. */
    static String secret(String text) {
        if (text.length() < SHORTEST) {
            return null;
        }
        if (TOKEN.matcher(text).find()) {
            return "a token or key in a known form";
        }
        var url = IN_URL.matcher(text);
        if (url.find() && !harmless(url.group(1))) {
            return "an address with a password in it";
        }
        var key = KEY.matcher(text);
        if (key.matches() && !harmless(key.group(1).strip())) {
            return "the value of a key that is named like a secret";
        }
        var option = OPTION.matcher(text);
        return option.find() && option.start() > 0 && text.charAt(option.start()) == '-' && !harmless(option.group(1))
                ? "a command's option that is named like a secret"
                : null;
    }

    private static boolean harmless(String value) {
        return HARMLESS.matcher(value).matches();
    }

    private static void plan(ContractFacts facts, LintFindings out) {
        for (EnvironmentEntry e : facts.entries(EnvironmentEntry.class)) {
            for (SecretRef s : e.secrets()) {
                List<String> missing = Missing.of(
                        "store",
                        s.store(),
                        "rotate",
                        s.rotate(),
                        "rotated",
                        s.rotated(),
                        "procedure",
                        s.procedure(),
                        "emergency",
                        s.emergency(),
                        "owner",
                        s.owner());
                if (!missing.isEmpty()) {
                    out.add(
                            s.at(),
                            "the secret " + s.id() + " of " + e.id() + " has no " + Missing.words(missing),
                            "say where it is kept, how often and how it is renewed, and what to do when it leaks");
                }
            }
            if (e.secrets().isEmpty() && e.head().details().containsKey("secrets")) {
                out.add(
                        e,
                        "describes its secrets in words only",
                        "add secrets: [{id: …, rotate: 90d, procedure: RUN-…}] so that their age can be checked");
            }
        }
    }
}
