// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.grammar;

import io.jenkins.plugins.releaseguard.contract.Threshold;
import io.jenkins.plugins.releaseguard.contract.Threshold.Fixed;
import io.jenkins.plugins.releaseguard.text.NamedQuantile;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
            swap("\\bfor\\s+(?:more than|at least|over)\\s+(?=\\d)", "for "),
            swap("(?<=\\d)\\s*(?:per\\s?cent|pct)\\b", "%"),
            swap("(?<=[%a-z\\d])(?:\\s*/\\s*|\\s*[,;]\\s+)(?=\\d+\\s*(?:s|sec|m|min|h)[a-z]*\\s*$)", " for "),
            ThresholdRepair::numbers,
            swap("\\bburn(?:[\\s_-]?rate)?\\s+(?:of|at|above|exceeds)\\s+(\\d+(?:\\.\\d+)?)\\s*[x×]?", "burn > $1"),
            swap("\\(([^()<>]{1,60})\\)\\s+(for\\s+\\d+\\s*[a-z]+)\\s*$", "$2 ($1)"),
            swap("\\btwice in a row\\b", "for 2 looks"),
            swap("\\b(\\d+)\\s+times in a row\\b", "for $1 looks"),
            swap(
                    "\\b(?:at|on|in|for|over)\\s+(\\d+)\\s+consecutive\\s+(?:looks|checks|samples|measurements|data\\s?points|evaluations|times)\\b",
                    "for $1 looks"),
            swap(
                    "\\b(\\d+)\\s+(?:out\\s+)?of\\s+(?:the\\s+)?(?:last\\s+|past\\s+)?(\\d+)\\s+(?:looks|checks|samples|measurements|data\\s?points|evaluations)\\b",
                    "$1 of $2 looks"),
            swap(
                    "(?<=\\d)\\s*times\\s+(?:(?:higher|more|greater|slower|larger|worse)\\s+than\\s+)?(?:the\\s+|that of the\\s+)?(?=baseline\\b)",
                    "x "),
            swap("^\\s*(?=\\d+(?:\\.\\d+)?\\s?x\\s+baseline)", "> "),
            ThresholdRepair::slowerThanBaseline,
            ThresholdRepair::basisPoints,
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
            swap("(?<=\\d)\\+(?=\\s*(?:s|m|h)[a-z]*\\b)", ""),
            swap("\\bconsecutive\\s+(?=(?:seconds|minutes|hours|mins?|secs?)\\b)", ""),
            swap("\\bgte\\b:?", ">="),
            swap("\\blte\\b:?", "<="),
            swap("\\bgt\\b:?", ">"),
            swap("\\blt\\b:?", "<"),
            swap("(?<=[<>=])\\s*baseline\\w*\\s*[*×]\\s*(\\d+(?:\\.\\d+)?)", " $1x baseline"),
            swap(
                    "(?<=[<>=])\\s*(\\d+(?:\\.\\d+)?)\\s*[*×]\\s*baseline\\w*(?:\\s+p\\d{2}(?:\\.\\d+)?)?",
                    " $1x baseline"),
            swap("\\(\\s*([<>][^()]{1,60})\\)\\s*$", "$1"),
            swap("\\b(?:more\\s+than\\s+)?doubl(?:es|ed)\\b", "> 2x baseline"),
            swap("\\b(?:more\\s+than\\s+)?tripl(?:es|ed)\\b", "> 3x baseline"),
            swap("(?<=[a-z] )(?=\\d+(?:\\.\\d+)?\\s?[x×]\\s(?:the\\s)?baseline)", "> "),
            swap("\\b(p\\d{2}(?:\\.\\d+)?)\\([^()]*\\)", "$1"),
            swap("\\brolling\\s+(?=\\d)", "over "),
            swap("\\b(?:failed|failing)\\s+(?=(?:requests|calls)\\b)", ""),
            swap(
                    "(?:>=?\\s*)?(\\d+(?:\\.\\d+)?)\\s*%\\s+(?:(?:increase|regression|growth|rise|degradation|higher|more)\\b|(?:above|over)\\s+(?:the\\s+)?baseline\\b)",
                    "baseline + $1%"),
            swap(
                    "(?<=\\d)\\s*(ms|s)\\s+(?:increase|regression|slower|higher|more)\\b(?:\\s+than\\s+(?:the\\s+)?baseline)?",
                    "$1 above baseline"),
            swap("\\bregression\\s*>\\s*(\\d+(?:\\.\\d+)?\\s*m?s)\\b", "> $1 above baseline"),
            swap("&&", " and "),
            swap("\\|\\|", " or "),
            swap("(?<=\\d),(?=\\d{1,2}(?!\\d))", "."),
            swap("(?<=\\d)[,_](?=\\d{3}(?!\\d))", ""),
            swap("\\b(?:during|within|sustained for|sustained|lasting)\\s+(?:the\\s+last\\s+)?(?=\\d)", "for "),
            swap("\\bin\\s+(?:the\\s+last\\s+)?(?=\\d+\\s*(?:s|m|h|sec|min)[a-z]*\\b)", "for "),
            swap("(\\bfor\\s+\\d+)\\s*$", "$1 minutes"),
            swap("(\\d+(?:\\.\\d+)?)\\s*x(?=\\s*(?:$|for\\b))", "$1x baseline "),
            swap("\\bp(99)(9\\d*)\\b", "p$1.$2"));

    /** More by a share of the baseline: "<=+10%" of Keptn, "baseline +50%", "increases by more than 20%". */
    private static final Pattern MORE_THAN_BASELINE = Pattern.compile(
            "(?i)(?:[<>]=?\\s*\\+|(?:\\brelative\\s+to\\s+)?(?:\\bthe\\s+)?\\bbaseline\\s*\\+?\\s*|\\b(?:up|increas(?:e|es|ed)|ris(?:es|en)|rose|worse|degrad(?:es|ed))\\s+(?:by\\s+)?(?:more\\s+than\\s+)?[>]?\\s*)"
                    + "(\\d+(?:\\.\\d+)?)\\s*%(?:\\s+(?:above|over|versus|vs\\.?|compared\\s+to|from)\\s+(?:the\\s+)?baseline)?");

    private static final Pattern MORE_THAN_THE_BASELINE = Pattern.compile(
            "(?i)^(?:>=?+\\s*+)?+(?:\\+\\s*+)?+(\\d++(?:\\.\\d++)?+)\\s*+%\\s++(?:(?:slower|higher|worse|more|greater)\\s++than|versus|vs\\.?+|compared\\s++to)"
                    + "\\s++(?:the\\s++)?+baseline\\b");

    private static final List<String> NUMBERS =
            List.of("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten");

    private static final Pattern NUMBER_WORD = Pattern.compile("(?i)\\b(" + String.join("|", NUMBERS)
            + ")(?=\\s+(?:seconds?|minutes?|hours?|consecutive|looks?|times?|of|out)\\b)");

    private static final Pattern BASIS_POINTS =
            Pattern.compile("(?i)(?<![\\d.])(\\d++(?:\\.\\d++)?+)\\s*+(?:bps|bp|basis\\s++points?+)\\b");

    /** Less by a share of the baseline: "drops by more than 15%". */
    private static final Pattern LESS_THAN_BASELINE = Pattern.compile(
            "(?i).*\\b(?:drop(?:s|ped)?|fall(?:s|en)?|decreas(?:e|es|ed)|declin(?:e|es|ed)|down)\\s+(?:by\\s+)?(?:(?:more\\s+than|>)\\s*)?"
                    + "(\\d+(?:\\.\\d+)?)\\s*%(?:\\s+(?:below|versus|vs\\.?|compared\\s+to|from)\\s+(?:the\\s+)?baseline)?");

    private static final Pattern SUCCESSES = Pattern.compile("(?i)\\b(?:success(?:es|ful)?|availability|uptime)\\b");

    private static final Pattern SHARE_OF_BASELINE =
            Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*%\\s*of\\s+(?:the\\s+)?baseline\\b");
    private static final Pattern BEFORE_SIGN =
            Pattern.compile("^[^<>=≥≤]*?(?=(?:p\\d[\\d.]*\\s+(?:\\w+\\s+)?)?(?:>=|<=|>|<|=|≥|≤))");

    private static final Pattern SIGN = Pattern.compile("[<>=≥≤]");
    private static final Pattern ID = Pattern.compile("(?:[A-Z][A-Z0-9]*-\\d+)?");

    private static final double HALF = 0.5;

    private ThresholdRepair() {}

    /** "for five minutes". */
    private static String numbers(String text) {
        return NUMBER_WORD
                .matcher(text)
                .replaceAll(m -> String.valueOf(NUMBERS.indexOf(m.group(1).toLowerCase(Locale.ROOT)) + 1));
    }

    /** "20% slower than baseline", "+10% vs baseline". */
    private static String slowerThanBaseline(String text) {
        return MORE_THAN_THE_BASELINE
                .matcher(text)
                .replaceFirst(
                        m -> "> " + ThresholdWriter.number(1 + Double.parseDouble(m.group(1)) / 100) + "x baseline");
    }

    private static String basisPoints(String text) {
        return BASIS_POINTS
                .matcher(text)
                .replaceAll(m -> ThresholdWriter.number(Double.parseDouble(m.group(1)) / 100) + "%");
    }

    private static UnaryOperator<String> swap(String regex, String by) {
        Pattern pattern = Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
        return text -> pattern.matcher(text).replaceAll(by);
    }

    /** The problem with a fix that can be taken as it stands, where there is one. */
    static SyntaxProblem better(SyntaxProblem problem, String text) {
        if (text.length() > ThresholdParser.LONGEST) {
            return problem;
        }
        String slower = ForeignThresholds.slower(text);
        if (slower != null && reads(slower)) {
            return new SyntaxProblem(problem.offset(), problem.getMessage(), "write \"" + slower + "\"");
        }
        if (problem.fix().contains("\"")) {
            return problem;
        }
        String burn = ForeignThresholds.ofBudget(text);
        if (burn != null && reads(burn)) {
            return new SyntaxProblem(
                    problem.offset(), problem.getMessage(), "of a budget of 30 days write \"" + burn + "\"");
        }
        List<String> meant = meant(text.strip());
        String repaired = first(meant, text, ThresholdRepair::reads);
        String bare = repaired == null ? first(meant, text, candidate -> threshold(candidate) != null) : null;
        String fix = repaired != null
                ? "write \"" + repaired + "\""
                : bare != null ? "write " + bare + ", with the unit of the metric where it has one" : null;
        return fix == null ? problem : new SyntaxProblem(problem.offset(), problem.getMessage(), fix);
    }

    private static String first(List<String> meant, String text, Predicate<String> fits) {
        return meant.stream()
                .filter(candidate -> !candidate.equals(text) && candidate.indexOf('"') < 0 && fits.test(candidate))
                .findFirst()
                .orElse(null);
    }

    /** What it may mean, the likeliest first. */
    private static List<String> meant(String text) {
        String now = text;
        for (UnaryOperator<String> word : WORDS) {
            now = word.apply(now);
        }
        String foreign = ForeignThresholds.read(text);
        foreign = foreign == null ? ForeignThresholds.read(now) : foreign;
        if (foreign != null) {
            return List.of(foreign);
        }
        now = SHARE_OF_BASELINE
                .matcher(now)
                .replaceAll(m -> ThresholdWriter.number(Double.parseDouble(m.group(1)) / 100) + "x baseline");
        now = LESS_THAN_BASELINE
                .matcher(now)
                .replaceFirst(
                        m -> "< " + ThresholdWriter.number(1 - Double.parseDouble(m.group(1)) / 100) + "x baseline");
        now = MORE_THAN_BASELINE
                .matcher(now)
                .replaceFirst(
                        m -> "> " + ThresholdWriter.number(1 + Double.parseDouble(m.group(1)) / 100) + "x baseline");
        now = now.replaceAll("\\s+", " ").strip();
        Matcher sign = SIGN.matcher(now);
        int at = sign.find() ? sign.start() : now.length();
        String bare = now.substring(at);
        String told = BEFORE_SIGN.matcher(now).replaceFirst("").strip();
        // what stood before the sign may say which number is meant
        String named = kept(now.substring(0, at));
        boolean time = bare.matches(".*\\d\\s*(?:[mµun]?s|sec[a-z]*)\\b.*\\bover\\b.*");
        String all = named.isEmpty() ? time ? "p99 " : "average " : named;
        return told.equals(bare)
                ? List.of(now, named + bare, all + bare)
                : List.of(now, told, named + bare, all + bare);
    }

    /** What of the words before a sign the language has: a quantile, or that successes are counted. */
    private static String kept(String before) {
        double quantile = NamedQuantile.of(before);
        return !Double.isNaN(quantile)
                ? NamedQuantile.text(quantile) + " "
                : SUCCESSES.matcher(before).find() ? "success " : "";
    }

    /**
     * Whether it can be read, and means something for any metric that has such a unit: it is no bare number, and no objective of successes
     * that would stand where errors are counted.
     */
    private static boolean reads(String text) {
        Threshold threshold = threshold(text);
        // a word before the sign that is no id is what people call the entry's own metric
        return threshold != null
                && threshold.conditions().stream()
                        .allMatch(t -> ID.matcher(t.terms().metric()).matches())
                && threshold.conditions().stream()
                        .noneMatch(t -> t.bound() instanceof Fixed fixed
                                && (fixed.unit().isEmpty() || fixed.unit().equals("%") && fixed.value() >= HALF))
                && threshold.conditions().stream()
                                .map(ThresholdRepair::kind)
                                .filter(k -> !k.isEmpty())
                                .distinct()
                                .count()
                        <= 1;
    }

    /** Of durations, or of shares: one metric can't have both. */
    private static String kind(Threshold t) {
        boolean time = t.terms().hasQuantile()
                || t.bound() instanceof Fixed fixed && fixed.unit().equals("s");
        boolean share = t.terms().success()
                || t.bound() instanceof Fixed fixed && fixed.unit().equals("%");
        return !t.terms().metric().isEmpty() ? "" : time ? "s" : share ? "%" : "";
    }

    private static Threshold threshold(String text) {
        try {
            return ThresholdParser.read(text);
        } catch (SyntaxProblem e) {
            return null;
        }
    }
}
