// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.grammar;

import io.jenkins.plugins.releaseguard.contract.Threshold.Comparison;
import io.jenkins.plugins.releaseguard.contract.ThresholdTerms.Share;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One condition of a threshold: whose number, the comparison, its bound, and over which looks. See {@link ThresholdParser}. */
final class ConditionReader {
    private static final String LOOKS =
            "(?:looks?|data\\s?points?|points?|periods?|checks?|measurements?|samples?|intervals?|evaluations?|times)\\b";
    private static final Pattern QUANTILE =
            words("(?:p\\s?(\\d{1,2}(?:\\.\\d{1,4})?)|(\\d{1,2}(?:\\.\\d{1,4})?)(?:st|nd|rd|th)\\s+percentile)"
                    + "(?![\\w.])");
    private static final Pattern LIKE_QUANTILE = words("p(\\d{2})(\\d+)\\b");
    private static final Pattern OF_LOOKS = words("of\\s+(?:the\\s+|all\\s+)?" + LOOKS);
    private static final Pattern DURATION_WORDS =
            words("(?:of\\s+)?(?:latency|latencies|durations?|response\\s+times?)\\b");
    private static final Pattern AVERAGE = words("(?:average|avg|mean)\\b");
    private static final Pattern RANK = words("(median|max(?:imum)?|min(?:imum)?)\\b");
    private static final Pattern SUCCESS = words("(?:success(?:es)?(?:\\s+rate)?|availability)\\b");
    private static final Pattern METRIC = words("([A-Z][A-Z0-9._-]{0,63})(?=[\\s\\u00a0>=<≥≤])");
    private static final Pattern SHARE =
            words("(?:(?:in|for|on)\\s+)?(?:at\\s+least\\s+)?(\\d{1,3})\\s+(?:out\\s+)?of\\s+(?:the\\s+)?(?:last\\s+)?"
                    + "(\\d{1,3})\\s+(?:consecutive\\s+)?" + LOOKS);
    private static final Pattern ROW = words(
            "(?:in|for)\\s+(\\d{1,3})\\s+(?:consecutive\\s+|successive\\s+)?" + LOOKS + "(?:\\s+in\\s+a\\s+row\\b)?");
    private static final Pattern OVER = words("(averaged\\s+|on\\s+average\\s+)?over\\s+(?:the\\s+)?(?:last\\s+)?");
    private static final Pattern AT = words("at\\s+(?:the\\s+)?");

    private final Cursor cursor;
    private final BoundReader bounds;

    ConditionReader(Cursor cursor) {
        this.cursor = cursor;
        this.bounds = new BoundReader(cursor);
    }

    private static Pattern words(String regex) {
        return Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
    }

    ConditionDraft read() throws SyntaxProblem {
        ConditionDraft draft = new ConditionDraft(cursor.offset());
        metric(draft);
        boolean burn = cursor.words("burn");
        if (!burn) {
            subject(draft);
        }
        int sign = cursor.offset();
        draft.comparison = comparison(draft.start);
        if (burn) {
            if (draft.comparison != Comparison.GREATER && draft.comparison != Comparison.GREATER_OR_EQUAL) {
                throw new SyntaxProblem(
                        sign, "a burn rate is a harm only when it is too high", "write burn > or burn >=");
            }
            draft.bound = bounds.burn();
            if (cursor.words("for")) {
                draft.sustained = Durations.read(cursor);
            }
            return draft;
        }
        draft.bound = bounds.bound();
        while (extent(draft)) {
            // as many as there are
        }
        draft.end = cursor.offset();
        return draft;
    }

    /** A name before the sign is a metric's, unless it is a word of this language. */
    private void metric(ConditionDraft draft) {
        int start = cursor.offset();
        if (subjectStarts() || starts(LIKE_QUANTILE)) {
            return;
        }
        Matcher name = cursor.match(METRIC);
        if (name == null) {
            return;
        }
        String word = name.group(1).toLowerCase(Locale.ROOT);
        boolean own = word.equals("burn") || word.equals("baseline") || word.matches("result(\\..*)?");
        if (own || !(isSign(cursor.peek()) || cursor.peekWord().equals("burn") || subjectStarts() || starts(SHARE))) {
            cursor.back(start);
            return;
        }
        draft.metric = name.group(1);
    }

    private boolean subjectStarts() {
        return starts(QUANTILE) || starts(AVERAGE) || starts(RANK) || starts(SUCCESS);
    }

    private boolean starts(Pattern pattern) {
        int start = cursor.offset();
        boolean found = cursor.match(pattern) != null;
        cursor.back(start);
        return found;
    }

    private static boolean isSign(char c) {
        return c != '\0' && "<>=≥≤".indexOf(c) >= 0;
    }

    private void subject(ConditionDraft draft) throws SyntaxProblem {
        int start = cursor.offset();
        Matcher wrong = starts(QUANTILE) ? null : cursor.match(LIKE_QUANTILE);
        if (wrong != null) {
            throw new SyntaxProblem(start, "a quantile lies between p0 and p100", "for example p95 or p99.9");
        }
        Matcher found = cursor.match(RANK);
        if (found != null) {
            String word = found.group(1).toLowerCase(Locale.ROOT);
            draft.rank = word.startsWith("max") ? 1 : word.startsWith("min") ? 0 : 0.5;
            cursor.match(OF_LOOKS);
        } else if (starts(QUANTILE)) {
            double q = quantile();
            if (cursor.match(OF_LOOKS) != null) {
                draft.rank = q;
            } else {
                draft.quantile = q;
                cursor.match(DURATION_WORDS);
            }
        } else if (cursor.match(AVERAGE) != null) {
            draft.average = true;
            cursor.match(DURATION_WORDS);
        } else if (cursor.match(SUCCESS) != null) {
            draft.success = true;
        } else {
            share(draft);
        }
    }

    private double quantile() throws SyntaxProblem {
        int start = cursor.offset();
        Matcher found = cursor.match(QUANTILE);
        String number = found.group(1) == null ? found.group(2) : found.group(1);
        double q = new BigDecimal(number).movePointLeft(2).doubleValue();
        if (!(q > 0)) {
            throw new SyntaxProblem(start, "a quantile lies between p0 and p100", "for example p95 or p99.9");
        }
        return q;
    }

    private boolean share(ConditionDraft draft) throws SyntaxProblem {
        int start = cursor.offset();
        Matcher found = cursor.match(SHARE);
        Matcher row = found == null ? cursor.match(ROW) : null;
        if (found == null && row == null) {
            return false;
        }
        int looks = Integer.parseInt((found == null ? row : found).group(1));
        int of = found == null ? looks : Integer.parseInt(found.group(2));
        if (looks < 1 || looks > of || of > Share.MOST) {
            throw new SyntaxProblem(
                    start,
                    looks + " of " + of + " looks can't be counted",
                    "at least 1 of at most " + Share.MOST + " looks, as in 3 of 5 looks");
        }
        draft.share = new Share(looks, of);
        return true;
    }

    /** Whether one more extent stood here. */
    private boolean extent(ConditionDraft draft) throws SyntaxProblem {
        int start = cursor.offset();
        if (draft.share == null && share(draft)) {
            return true;
        }
        Matcher over = draft.window == null ? cursor.match(OVER) : null;
        if (over != null) {
            draft.average |= over.group(1) != null;
            draft.window = bounds.window();
            return true;
        }
        if (cursor.match(AT) != null) {
            if (!Double.isNaN(draft.quantile) || !starts(QUANTILE)) {
                cursor.back(start);
                return false;
            }
            draft.quantile = quantile();
            return true;
        }
        if (draft.sustained == null && cursor.words("for")) {
            draft.sustained = Durations.read(cursor);
            return true;
        }
        return false;
    }

    private Comparison comparison(int start) throws SyntaxProblem {
        // the longer signs first
        if (cursor.take(">=") || cursor.take("≥")) {
            return Comparison.GREATER_OR_EQUAL;
        }
        if (cursor.take("<=") || cursor.take("≤")) {
            return Comparison.LESS_OR_EQUAL;
        }
        if (cursor.take(">")) {
            return Comparison.GREATER;
        }
        if (cursor.take("<")) {
            return Comparison.LESS;
        }
        if (cursor.take("==") || cursor.take("=")) {
            return Comparison.EQUAL;
        }
        boolean end = cursor.end() && cursor.offset() == start;
        throw new SyntaxProblem(
                cursor.offset(),
                end ? "a threshold is empty" : "'" + cursor.rest() + "' does not start with a comparison",
                "start with >, >=, <, <= or =; " + ThresholdRepair.EXAMPLES);
    }
}
