// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.grammar;

import io.jenkins.plugins.releaseguard.contract.ContractException;
import io.jenkins.plugins.releaseguard.contract.Position;
import io.jenkins.plugins.releaseguard.contract.Threshold;
import io.jenkins.plugins.releaseguard.contract.ThresholdTerms;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The threshold language:
 *
 * <pre>
 * threshold  = condition { "and" condition } [ note ] | condition { "or" condition } [ note ]
 * condition  = [ metric ] [ subject ] comparison bound [ "of" things ] { extent }
 *            | "burn" comparison number "over" duration [ "and" duration ] [ "for" duration ]
 * subject    = quantile [ "of" "looks" ] | "average" | "median" | "max" | "min" | "success" | share
 * quantile   = "p" number | number "th" "percentile"
 * comparison = "&gt;" | "&gt;=" | "&lt;" | "&lt;=" | "="
 * bound      = number [ unit ] | number [ things ] ( "per" | "/" ) time | number "x" "baseline"
 *            | number "sigma" ( "above" | "below" ) "baseline" | "baseline" ( "+" | "-" ) number "sigma"
 *            | number [ unit ] "above" ( "it" | "baseline" ) | "baseline" [ ( "+" | "-" ) number [ unit ] ]
 * extent     = "for" duration | "over" duration | "averaged" "over" duration | "at" quantile | [ "in" | "for" ] share
 * share      = number "of" number "looks" | number "looks"
 * note       = "(" anything ")"
 * </pre>
 *
 * <p>In conditions joined by "and" a time at the end holds for those before it that have none. A limit of a check is one condition without
 * a metric, a subject and extents other than "for".
 */
public final class ThresholdParser {
    static final int LONGEST = 300;
    private static final int MOST_CONDITIONS = 5;

    private final Cursor cursor;
    private final ConditionReader conditions;

    private ThresholdParser(String text) {
        this.cursor = new Cursor(text);
        this.conditions = new ConditionReader(cursor);
    }

    /** @throws ContractException whose problem points at the column where the text stops making sense */
    public static Threshold parse(String text, Position at) throws ContractException {
        try {
            return parse(text);
        } catch (SyntaxProblem e) {
            throw new ContractException(List.of(e.at(ReadRule.THRESHOLD, at)));
        }
    }

    /** What is refused comes with a fix, which is the text itself as it can be read where it is clear what was meant. */
    public static Threshold parse(String text) throws SyntaxProblem {
        try {
            return read(text);
        } catch (SyntaxProblem e) {
            throw ThresholdRepair.better(e, text);
        }
    }

    /** The limit of a check, which one number is held against. */
    public static Threshold limit(String text) throws SyntaxProblem {
        Threshold threshold;
        try {
            threshold = read(text);
        } catch (SyntaxProblem e) {
            throw LimitRepair.better(e, text);
        }
        if (threshold.bound() instanceof Threshold.Sigma) {
            throw new SyntaxProblem(
                    0,
                    "a check looks once, and nothing of one look spreads",
                    "write a multiple, as > 1.5x baseline; sigma belongs in the threshold of a Rollback entry");
        }
        if (!threshold.isPlain()) {
            throw new SyntaxProblem(
                    0,
                    "a check's limit is held against one number: it has no metric, quantile, window, share of looks or second condition",
                    "write the limit alone: \"" + ThresholdWriter.plain(threshold)
                            + "\"; the rest belongs in the threshold of a Rollback" + " entry");
        }
        return threshold;
    }

    /** The limit of a check of a metric, which may name a quantile. */
    public static Threshold measure(String text) throws SyntaxProblem {
        Threshold threshold = parse(text);
        ThresholdTerms terms = threshold.terms();
        return terms.equals(ThresholdTerms.PLAIN.of(terms.quantile(), null)) ? threshold : limit(text);
    }

    /** The same for a problem that points into a file. */
    public static Threshold limit(String text, Position at) throws ContractException {
        try {
            return limit(text);
        } catch (SyntaxProblem e) {
            throw new ContractException(List.of(e.at(ReadRule.THRESHOLD, at)));
        }
    }

    static Threshold read(String text) throws SyntaxProblem {
        if (text.length() > LONGEST) {
            throw new SyntaxProblem(
                    0,
                    "a threshold is at most " + LONGEST + " characters long",
                    "say the rest in the entry's trigger:");
        }
        return new ThresholdParser(text).threshold(text.strip());
    }

    private Threshold threshold(String text) throws SyntaxProblem {
        List<ConditionDraft> drafts = new ArrayList<>();
        drafts.add(conditions.read());
        String join = cursor.peekWord();
        boolean or = join.equals("or");
        while (cursor.peekWord().equals("and") || cursor.peekWord().equals("or")) {
            int offset = cursor.offset();
            if (!cursor.word().equals(join)) {
                throw mixed(offset, drafts, or);
            }
            if (drafts.size() == MOST_CONDITIONS) {
                throw new SyntaxProblem(
                        offset,
                        "more than " + MOST_CONDITIONS + " conditions",
                        "make Rollback entries of some of them");
            }
            drafts.add(conditions.read());
        }
        String note = cursor.peek() == '(' ? cursor.note() : "";
        if (note == null || !cursor.end()) {
            throw unreadable();
        }
        List<Threshold> all = or ? apart(drafts) : together(drafts);
        Threshold first = all.get(0);
        ThresholdTerms terms = first.terms();
        if (all.size() > 1) {
            terms = new ThresholdTerms(
                    terms.metric(),
                    terms.quantile(),
                    terms.success(),
                    terms.over(),
                    terms.share(),
                    new ThresholdTerms.Joint(!or, all));
        }
        return new Threshold(text, first.comparison(), first.bound(), first.sustained(), note, terms);
    }

    /** What the first speaks of and the time at the end are those of the others, where they name none. */
    private static List<Threshold> together(List<ConditionDraft> drafts) throws SyntaxProblem {
        ConditionDraft last = drafts.get(drafts.size() - 1);
        boolean one = drafts.stream().limit(drafts.size() - 1L).allMatch(ConditionDraft::untimed);
        for (ConditionDraft draft : drafts) {
            if (draft != drafts.get(0)) {
                draft.subjectOf(drafts.get(0));
            }
            if (one && draft.untimed()) {
                draft.timedAs(last);
            }
        }
        return made(drafts);
    }

    private static List<Threshold> made(List<ConditionDraft> drafts) throws SyntaxProblem {
        List<Threshold> made = new ArrayList<>();
        for (ConditionDraft draft : drafts) {
            made.add(draft.threshold());
        }
        return made;
    }

    /** Nobody knows whether a time at the end of an "or" is meant for both. */
    private static List<Threshold> apart(List<ConditionDraft> drafts) throws SyntaxProblem {
        ConditionDraft last = drafts.get(drafts.size() - 1);
        List<ConditionDraft> open =
                drafts.stream().filter(ConditionDraft::untimed).toList();
        if (open.isEmpty() || last.untimed()) {
            return made(drafts);
        }
        int at = last.start;
        open.forEach(draft -> draft.timedAs(last));
        throw new SyntaxProblem(
                at,
                "it is open whether the time at the end is meant for every condition of the 'or'",
                "give each its own: \"" + written(drafts, " or ") + "\"; at once is 'for 0s'");
    }

    private static SyntaxProblem mixed(int offset, List<ConditionDraft> drafts, boolean or) throws SyntaxProblem {
        return new SyntaxProblem(
                offset,
                "'and' and 'or' in one threshold leave open what belongs together",
                "keep \"" + written(drafts, or ? " or " : " and ")
                        + "\" here and make a second Rollback entry of the rest: entries are joined by 'or'");
    }

    private static String written(List<ConditionDraft> drafts, String join) throws SyntaxProblem {
        return made(drafts).stream().map(ThresholdWriter::text).collect(Collectors.joining(join));
    }

    private SyntaxProblem unreadable() {
        return new SyntaxProblem(
                cursor.offset(),
                "can't read the threshold from '" + cursor.rest() + "' on",
                cursor.peek() == '(' ? "close the note with ) at the end" : ThresholdRepair.EXAMPLES);
    }
}
