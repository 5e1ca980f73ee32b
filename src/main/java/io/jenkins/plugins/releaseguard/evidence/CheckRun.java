// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence;

import io.jenkins.plugins.releaseguard.contract.CheckSpec;
import io.jenkins.plugins.releaseguard.contract.CriteriaEntry;
import io.jenkins.plugins.releaseguard.contract.Entry;
import io.jenkins.plugins.releaseguard.contract.Threshold;
import io.jenkins.plugins.releaseguard.contract.ValidationEntry;
import io.jenkins.plugins.releaseguard.contract.schema.SpecKind;
import io.jenkins.plugins.releaseguard.text.Lines;
import io.jenkins.plugins.releaseguard.text.Span;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * One check about to be looked at; {@code spec} is null where the entry names none, {@code check} where nobody knows the kind. How long its
 * word counts is asked beforehand: whoever tells that there is none may be the timer, who waits for no check.
 */
record CheckRun(Entry entry, CheckSpec spec, Check check, CheckContext context, Duration age)
        implements Callable<Evidence> {
    /** The longest that is told of what an exception says. */
    static final int SAID = 300;

    static CheckRun of(Entry entry, CheckSpec spec, Check check, CheckContext context) {
        return new CheckRun(entry, spec, check, context, maxAge(entry, spec, check));
    }

    @Override
    public Evidence call() throws InterruptedException {
        long start = System.nanoTime();
        Finding finding = evaluate();
        return evidence(finding, Duration.ofNanos(System.nanoTime() - start));
    }

    private Finding evaluate() throws InterruptedException {
        if (spec == null) {
            return unknown(
                    "the entry names no check", "add verify: with a check, or waive the entry with a name and an end");
        }
        if (check == null) {
            return unknown("no check of kind '" + spec.kind() + "'", "use a kind of the reference of checks");
        }
        try {
            Finding longer = lengthened();
            if (longer != null) {
                return longer;
            }
            Finding finding = check.evaluate(entry, spec, context);
            // a check that can't say how long its finding counts has failed too
            statedAge(entry, spec, check);
            return finding == null ? unknown("the check found nothing to say", "report this as a bug") : told(finding);
        } catch (UnavailableException e) {
            return unknown(Lines.said(e, SAID), e.fix());
        } catch (IOException e) {
            return unknown(Lines.said(e, SAID), "make readable what the check looks at, then run the gate again");
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            return unknown("the check itself failed: " + Lines.said(e, SAID), "report this as a bug");
        }
    }

    /** How long it may take: its own {@code timeout}, and never more than {@code most}. */
    Duration limit(Duration most) {
        return Optional.ofNullable(spec)
                .flatMap(s -> s.settings().duration("timeout"))
                .filter(own -> own.compareTo(most) < 0 && !own.isZero() && !own.isNegative())
                .orElse(most);
    }

    /** Why there is no answer. */
    Evidence without(Throwable error, Duration limit) {
        return error instanceof TimeoutException
                ? overran(limit)
                : unseen(
                        "the check ended without an answer: " + Lines.said(error, SAID),
                        "run the gate again",
                        Duration.ZERO);
    }

    Evidence overran(Duration after) {
        return unseen(
                "no answer within " + after.toMillis() / 1000.0 + " s",
                "find out what makes the check slow, or give it more time",
                after);
    }

    /** What could not be looked at. */
    Evidence unseen(String reason, String fix, Duration took) {
        return evidence(unknown(reason, fix), took);
    }

    private Evidence evidence(Finding finding, Duration took) {
        return Evidence.of(entry.id(), spec == null ? "" : spec.kind(), blocker(), finding, age, took);
    }

    private Finding unknown(String reason, String fix) {
        return new Finding(
                Status.UNKNOWN, asked(), "", limits(), reason, fix, Origin.CONTROLLER, "", context.now(), "");
    }

    /** A check that can't tell may not have come to its limit; what would have had to hold is known all the same. */
    private Finding told(Finding finding) {
        if (finding.status() != Status.UNKNOWN) {
            return finding;
        }
        return new Finding(
                finding.status(),
                finding.looked().isBlank() ? asked() : finding.looked(),
                finding.value(),
                finding.limit().isBlank() ? limits() : finding.limit(),
                finding.reason(),
                finding.fix(),
                finding.origin(),
                finding.sha256(),
                finding.at(),
                finding.awaits());
    }

    /** What was to be looked at: the kind, with what the contract names first for it. */
    private String asked() {
        if (spec == null) {
            return "";
        }
        String main = spec.settings().declares(SpecKind.VALUE)
                ? String.join(", ", spec.settings().texts(SpecKind.VALUE))
                : "";
        return main.isEmpty() ? spec.kind() : spec.kind() + " " + main;
    }

    /** What would have had to hold. */
    private String limits() {
        if (spec == null) {
            return "";
        }
        return new TreeMap<>(spec.settings().values())
                .entrySet().stream()
                        .filter(one -> one.getValue() instanceof Threshold)
                        .map(one -> one.getKey() + " " + ((Threshold) one.getValue()).text())
                        .collect(Collectors.joining(", "));
    }

    private boolean blocker() {
        if (entry instanceof CriteriaEntry criteria) {
            return criteria.blocker();
        }
        return !(entry instanceof ValidationEntry validation) || validation.blocker();
    }

    /** What a check couldn't look at has an age as well, also where the check can't tell it. */
    private static Duration maxAge(Entry entry, CheckSpec spec, Check check) {
        try {
            return statedAge(entry, spec, check);
        } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError e) {
            return Check.USUAL_AGE;
        }
    }

    /** The check's own age; a contract shortens it and never lengthens it. */
    private static Duration statedAge(Entry entry, CheckSpec spec, Check check) {
        Duration own = check == null
                ? Check.USUAL_AGE
                : Objects.requireNonNull(check.maxAge(spec), "the check has no maximum age");
        Duration age = shorter(
                own, spec == null ? null : spec.settings().duration("maxAge").orElse(null));
        return shorter(age, entry instanceof CriteriaEntry criteria ? criteria.maxAge() : null);
    }

    /** Null where there is none that would lengthen it. */
    private Finding lengthened() {
        Duration stated = spec.settings().duration("maxAge").orElse(null);
        Duration own = check.maxAge(spec);
        return stated == null || own == null || stated.compareTo(own) <= 0
                ? null
                : unknown(
                        "maxAge " + Span.written(stated) + " is longer than what " + spec.kind() + " finds counts, "
                                + Span.written(own),
                        "write maxAge: " + Span.written(own) + " or less, or take it out");
    }

    private static Duration shorter(Duration own, Duration stated) {
        return stated == null || stated.compareTo(own) > 0 ? own : stated;
    }
}
