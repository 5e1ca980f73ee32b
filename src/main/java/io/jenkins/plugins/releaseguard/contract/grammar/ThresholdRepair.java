// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.grammar;

import io.jenkins.plugins.releaseguard.contract.Threshold;
import io.jenkins.plugins.releaseguard.contract.Threshold.Fixed;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a threshold that can't be read was likely meant to be, where that is clear: the text with another word in one place or more. It is
 * proposed in quotes, and only what can be read is. Nothing is taken for it: people decide.
 */
final class ThresholdRepair {
    static final String EXAMPLES =
            "for example >2% of requests for 5 minutes, p95 > 500ms for 5m, > baseline + 1%, > 1.5x baseline, "
                    + "average > 2% over 10m, > 2% in 3 of 5 looks or burn > 14.4 over 1h and 5m";

    /** One after the other, each on what the ones before it left. */
    private static final List<UnaryOperator<String>> WORDS = List.of(
            swap("(?<=\\d)\\s*(?:per\\s?cent|pct)\\b", "%"),
            swap("(?<=[%a-z\\d])\\s*/\\s*(?=\\d+\\s*(?:s|sec|m|min|h)[a-z]*\\s*$)", " for "),
            swap("(?<=\\dx)\\s+above\\s+(?:the\\s+)?(?=baseline\\b)", " "),
            swap("\\b(?:data\\s?points)\\s+within\\s+\\d+\\s*[a-z]+", "looks"),
            swap(
                    "\\b(?:is |are |was |rises |goes |stays |remains )?(?:greater|more|higher|larger|longer|slower) than or equal to\\b",
                    ">="),
            swap("\\b(?:is |are )?(?:less|lower|fewer|smaller) than or equal to\\b", "<="),
            swap(
                    "\\b(?:is |are |was |rises |goes |stays |remains )?(?:(?:greater|more|higher|larger|longer|slower) than|above|exceed(?:s|ing)?)"
                            + "\\b(?=\\s*[\\d.])",
                    ">"),
            swap(
                    "\\b(?:is |are |was |drops |falls |goes |stays |remains )?(?:(?:less|lower|fewer|smaller) than|below|under)\\b(?=\\s*[\\d.])",
                    "<"),
            swap("\\bat least\\b(?=\\s*[\\d.])", ">="),
            swap("\\bat most\\b(?=\\s*[\\d.])", "<="),
            swap("=>", ">="),
            swap("=<", "<="),
            swap("&&", " and "),
            swap("\\|\\|", " or "),
            swap("(?<=\\d),(?=\\d{1,2}(?!\\d))", "."),
            swap("(?<=\\d)[,_](?=\\d{3}(?!\\d))", ""),
            swap("\\b(?:during|within|sustained for|sustained|lasting)\\s+(?:the\\s+last\\s+)?(?=\\d)", "for "),
            swap("\\bin\\s+(?:the\\s+last\\s+)?(?=\\d+\\s*(?:s|m|h|sec|min)[a-z]*\\b)", "for "),
            swap("\\bfor\\s+(?:more than|at least|over)\\s+(?=\\d)", "for "),
            swap("(\\bfor\\s+\\d+)\\s*$", "$1 minutes"),
            swap("(\\d+(?:\\.\\d+)?)\\s*x(?=\\s*(?:$|for\\b))", "$1x baseline "),
            swap("\\bp(99)(9\\d*)\\b", "p$1.$2"));

    /** More by a share of the baseline: "<=+10%" of Keptn, "baseline +50%", "increases by more than 20%". */
    private static final Pattern MORE_THAN_BASELINE = Pattern.compile(
            "(?i)(?:[<>]=?\\s*\\+|.*\\bbaseline\\s*\\+?|.*\\b(?:up|increas(?:e|es|ed)|ris(?:es|en)|rose|worse|degrad(?:es|ed))\\s+(?:by\\s+)?(?:more\\s+than\\s+)?[>]?\\s*)"
                    + "(\\d+(?:\\.\\d+)?)\\s*%(?:\\s+(?:above|over|versus|vs\\.?|compared\\s+to|from)\\s+(?:the\\s+)?baseline)?");

    /** What must hold of a query's result, as Argo Rollouts has it: a fraction. */
    private static final Pattern RESULT = Pattern.compile(
            "(?i)^(?:len\\(result\\)\\s*==?\\s*0\\s*\\|\\|\\s*)?(?:(?:asFloat|asInt|default)\\(result(?:\\[0])?(?:,\\s*[\\d.]+)?\\)"
                    + "|result(?:\\[0]|\\.[a-z]+)?)\\s*([<>]=?)\\s*(\\d+(?:\\.\\d+)?)\\s*$");

    private static final Pattern SHARE_OF_BASELINE =
            Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*%\\s*of\\s+(?:the\\s+)?baseline\\b");
    private static final Pattern BEFORE_SIGN =
            Pattern.compile("^[^<>=≥≤]*?(?=(?:p\\d[\\d.]*\\s+(?:\\w+\\s+)?)?(?:>=|<=|>|<|=|≥|≤))");

    private static final double HALF = 0.5;

    private ThresholdRepair() {}

    private static UnaryOperator<String> swap(String regex, String by) {
        Pattern pattern = Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
        return text -> pattern.matcher(text).replaceAll(by);
    }

    /** The problem with a fix that can be taken as it stands, where there is one. */
    static SyntaxProblem better(SyntaxProblem problem, String text) {
        if (problem.fix().contains("\"") || text.length() > ThresholdParser.LONGEST) {
            return problem;
        }
        String repaired = repaired(text.strip());
        return repaired == null
                ? problem
                : new SyntaxProblem(problem.offset(), problem.getMessage(), "write \"" + repaired + "\"");
    }

    private static String repaired(String text) {
        String now = RESULT.matcher(text).replaceFirst(m -> result(m.group(1), Double.parseDouble(m.group(2))));
        for (UnaryOperator<String> word : WORDS) {
            now = word.apply(now);
        }
        now = SHARE_OF_BASELINE
                .matcher(now)
                .replaceAll(m -> ThresholdWriter.number(Double.parseDouble(m.group(1)) / 100) + "x baseline");
        now = MORE_THAN_BASELINE
                .matcher(now)
                .replaceFirst(
                        m -> "> " + ThresholdWriter.number(1 + Double.parseDouble(m.group(1)) / 100) + "x baseline");
        now = now.replaceAll("\\s+", " ").strip();
        String bare = BEFORE_SIGN.matcher(now).replaceFirst("").strip();
        String subject = bare.matches(".*\\d\\s*(?:[mµun]?s|sec[a-z]*)\\b.*\\bover\\b.*") ? "p99 " : "average ";
        return Stream.of(now, bare, subject + bare)
                .filter(candidate -> !candidate.equals(text) && reads(candidate))
                .findFirst()
                .orElse(null);
    }

    /** What breaks a release where that must hold. */
    private static String result(String sign, double value) {
        String limit = value <= 1 ? ThresholdWriter.number(value * 100) + "%" : ThresholdWriter.number(value);
        boolean successes = sign.startsWith(">") && value >= HALF && value <= 1;
        return successes ? "success < " + limit : "> " + limit;
    }

    /**
     * Whether it can be read, and means something for any metric that has such a unit: it is no bare number, and no objective of successes
     * that would stand where errors are counted.
     */
    private static boolean reads(String text) {
        try {
            Threshold threshold = ThresholdParser.read(text);
            return text.indexOf('"') < 0
                    && threshold.conditions().stream()
                            .noneMatch(t -> t.bound() instanceof Fixed fixed
                                    && (fixed.unit().isEmpty() || fixed.unit().equals("%") && fixed.value() >= HALF));
        } catch (SyntaxProblem e) {
            return false;
        }
    }
}
