// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.read;

import io.jenkins.plugins.releaseguard.contract.ContractException;
import io.jenkins.plugins.releaseguard.contract.Position;
import io.jenkins.plugins.releaseguard.contract.Problem;
import io.jenkins.plugins.releaseguard.contract.Severity;
import io.jenkins.plugins.releaseguard.contract.grammar.ReadRule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Collects what is wrong while reading, so that an author sees all of it at once; bounded, as the input may be
 * hostile.
 */
public final class Problems {
    public static final int MOST = 200;

    private final List<Problem> found = new ArrayList<>();

    /** Whether what was no error when the contract was taken is none: a word that nothing carries out, a value for who must sign. */
    private final boolean takenBefore;

    Problems() {
        this(false);
    }

    Problems(boolean takenBefore) {
        this.takenBefore = takenBefore;
    }

    boolean areOfOneTakenBefore() {
        return takenBefore;
    }

    /** The contract says what nothing carries out. */
    void notYet(Position at, String message, String fix) {
        if (!takenBefore) {
            error(ReadRule.DEED, at, message, fix);
        }
    }

    void error(ReadRule rule, Position at, String message, String fix) {
        add(new Problem(Severity.ERROR, rule.id(), at, message, fix));
    }

    void warning(ReadRule rule, Position at, String message, String fix) {
        add(new Problem(Severity.WARNING, rule.id(), at, message, fix));
    }

    void note(ReadRule rule, Position at, String message, String fix) {
        add(new Problem(Severity.NOTE, rule.id(), at, message, fix));
    }

    void add(Problem problem) {
        if (found.size() < MOST || problem.isError() && !hasErrors()) {
            found.add(problem);
        }
    }

    int size() {
        return found.size();
    }

    boolean hasErrors() {
        return found.stream().anyMatch(Problem::isError);
    }

    /** In the order of the file; the main file's come before those of included ones. */
    List<Problem> sorted() {
        List<String> files = found.stream().map(p -> p.at().file()).distinct().toList();
        return found.stream()
                .distinct()
                .sorted(Comparator.comparingInt((Problem p) -> files.indexOf(p.at().file()))
                        .thenComparingInt(p -> p.at().line())
                        .thenComparingInt(p -> p.at().column()))
                .toList();
    }

    void throwIfErrors() throws ContractException {
        if (hasErrors()) {
            // notes say which defaults were taken; they mean nothing for a contract that isn't taken
            List<Problem> told = new ArrayList<>(sorted());
            told.removeIf(p -> p.severity() == Severity.NOTE);
            if (found.size() >= MOST) {
                Position last = told.get(told.size() - 1).at();
                told.add(new Problem(
                        Severity.WARNING,
                        ReadRule.SIZE.id(),
                        last,
                        "there are more problems than these",
                        "fix these first"));
            }
            throw new ContractException(told);
        }
    }
}
