// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.report;

/** A phase's name and verdict as sentences and tables say them. */
public final class PhaseText {
    private PhaseText() {}

    /** "internal, 0 %", or the weight (in percent) alone. */
    public static String label(String name, double weight) {
        String own = name(name, weight);
        return (own.isEmpty() ? "" : own + ", ") + Words.percent(weight);
    }

    /** A name that only repeats the weight says nothing: empty. */
    public static String name(String name, double weight) {
        String text = Words.text(name);
        return text.replaceAll("[ %]", "").equals(Words.number(weight)) ? "" : text;
    }

    /** Empty for null. */
    public static String verdict(PhaseStatus verdict) {
        return verdict == PhaseStatus.PASS ? "passed" : verdict == PhaseStatus.FAIL ? "failed" : Words.text(verdict);
    }
}
