// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.forecast;

import java.util.ArrayList;
import java.util.List;

/** Two texts as {@code diff -u} shows them, which {@code patch} and {@code git apply} take. */
public final class UnifiedDiff {
    private static final int CONTEXT = 3;
    private static final String NO_NEWLINE = "\\ No newline at end of file";

    private final List<String> before;
    private final List<String> after;

    private UnifiedDiff(String before, String after) {
        this.before = lines(before);
        this.after = lines(after);
    }

    /** Empty where nothing differs. {@code file} stands in the head, after {@code a/} and {@code b/}. */
    public static String of(String file, String before, String after) {
        return before.equals(after) ? "" : new UnifiedDiff(before, after).text(file);
    }

    /** With their ends, so that a missing or another one is a difference. */
    private static List<String> lines(String text) {
        List<String> lines = new ArrayList<>();
        int from = 0;
        while (from < text.length()) {
            int end = text.indexOf('\n', from);
            end = end < 0 ? text.length() : end + 1;
            lines.add(text.substring(from, end));
            from = end;
        }
        return lines;
    }

    /** One step: a line of both ({@code ' '}), of the first ({@code '-'}) or of the second ({@code '+'}). */
    private record Step(char sign, String line, int inBefore, int inAfter) {}

    private List<Step> steps() {
        List<Step> steps = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < before.size() || j < after.size()) {
            int[] skip = toNextCommon(i, j);
            for (int k = 0; k < skip[0]; k++) {
                steps.add(new Step('-', before.get(i), i++, j));
            }
            for (int k = 0; k < skip[1]; k++) {
                steps.add(new Step('+', after.get(j), i, j++));
            }
            if (i < before.size() && j < after.size()) {
                steps.add(new Step(' ', before.get(i), i++, j++));
            }
        }
        return steps;
    }

    /** How many lines of either to leave out until both go on with the same one; edits are small, so that is near. */
    private int[] toNextCommon(int i, int j) {
        int left = before.size() - i;
        int right = after.size() - j;
        for (int both = 0; both < left + right; both++) {
            for (int a = Math.max(0, both - right + 1); a <= Math.min(both, left - 1); a++) {
                if (before.get(i + a).equals(after.get(j + both - a))) {
                    return new int[] {a, both - a};
                }
            }
        }
        return new int[] {left, right};
    }

    private String text(String file) {
        List<Step> steps = steps();
        StringBuilder out = new StringBuilder("--- a/" + file + "\n+++ b/" + file + "\n");
        int at = 0;
        while (at < steps.size()) {
            while (at < steps.size() && steps.get(at).sign() == ' ') {
                at++;
            }
            if (at == steps.size()) {
                break;
            }
            int from = Math.max(0, at - CONTEXT);
            int last = at;
            while (at < steps.size() && at - last <= 2 * CONTEXT) {
                last = steps.get(at).sign() == ' ' ? last : at;
                at++;
            }
            int to = Math.min(steps.size(), last + CONTEXT + 1);
            hunk(out, steps.subList(from, to));
            at = to;
        }
        return out.toString();
    }

    private static void hunk(StringBuilder out, List<Step> steps) {
        long old = steps.stream().filter(s -> s.sign() != '+').count();
        long now = steps.stream().filter(s -> s.sign() != '-').count();
        Step first = steps.get(0);
        out.append("@@ -").append(range(first.inBefore(), old)).append(" +").append(range(first.inAfter(), now));
        out.append(" @@\n");
        for (Step step : steps) {
            out.append(step.sign()).append(step.line());
            if (!step.line().endsWith("\n")) {
                out.append('\n').append(NO_NEWLINE).append('\n');
            }
        }
    }

    private static String range(int from, long length) {
        return (length == 0 ? from : from + 1) + (length == 1 ? "" : "," + length);
    }
}
