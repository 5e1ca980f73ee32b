// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.read;

import java.util.ArrayList;
import java.util.List;

/**
 * What several reports cover together, or one alone. Of what has lines that is known by line; of branches, instructions and
 * whatever has no lines only within bounds.
 */
public final class CoverageUnion {
    private final boolean several;
    private final CoverageUnits units = new CoverageUnits();
    private final List<OwnTime> times = new ArrayList<>();
    private Coverage one = Coverage.NONE;
    private Coverage least = Coverage.NONE;
    private Coverage most = Coverage.NONE;

    /** @param several whether there will be more than one report, each with its units */
    public CoverageUnion(boolean several) {
        this.several = several;
    }

    /** Adds a report that lies in a folder. */
    public void add(CoverageReport report, String folder) throws FormatException {
        times.add(report.time());
        if (several) {
            units.add(report.units(), folder);
        } else {
            one = report.whole();
        }
    }

    /** The times that the reports give themselves. */
    public List<OwnTime> times() {
        return times;
    }

    /** Sums it up, once all reports are there. */
    public void close() throws FormatException {
        try {
            least = several ? units.least() : one;
            most = several ? units.most() : one;
        } catch (IllegalArgumentException e) {
            throw new FormatException("the reports' figures contradict each other: " + e.getMessage());
        }
    }

    /** The least that is covered. */
    public Coverage least() {
        return least;
    }

    /** The most that may be. */
    public Coverage most() {
        return most;
    }

    /** Why the least and the most can differ. */
    public String why() {
        return units.doubtful() > 0
                ? "the reports don't tell whether files of one path are one file: let them write whole paths"
                : "the reports don't tell which of it more than one run covered";
    }

    /** What has to be told beside the figures, with a semicolon before it; empty for nothing. */
    public String told() {
        return clause(units.apart(), "files of one path with different lines are counted apart")
                + clause(units.doubtful(), "files of one path that may be one or several are counted both ways")
                + clause(
                        units.assumed(),
                        "files of one path in reports of several folders are taken for one, as the reports have the same"
                                + " files");
    }

    private static String clause(int count, String what) {
        return count == 0 ? "" : "; " + what + ": " + count;
    }
}
