// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence;

import io.jenkins.plugins.releaseguard.contract.CheckSpec;
import io.jenkins.plugins.releaseguard.contract.CriteriaEntry;
import io.jenkins.plugins.releaseguard.contract.Entry;
import io.jenkins.plugins.releaseguard.contract.ValidationEntry;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;

/** One check about to be looked at; {@code spec} is null where the entry names none, {@code check} where nobody knows the kind. */
record Look(Entry entry, CheckSpec spec, Check check, CheckContext context) implements Callable<Evidence> {
    @Override
    public Evidence call() throws InterruptedException {
        long start = System.nanoTime();
        Finding finding = look();
        return evidence(finding, Duration.ofNanos(System.nanoTime() - start));
    }

    private Finding look() throws InterruptedException {
        if (spec == null) {
            return unknown(
                    "the entry names no check", "add verify: with a check, or waive the entry with a name and an end");
        }
        if (check == null) {
            return unknown("no check of kind '" + spec.kind() + "'", "use a kind of the reference of checks");
        }
        try {
            Finding finding = check.look(entry, spec, context);
            return finding == null ? unknown("the check found nothing to say", "report this as a bug") : finding;
        } catch (UnavailableException e) {
            return unknown(Said.by(e), e.fix());
        } catch (IOException e) {
            return unknown(Said.by(e), "make readable what the check looks at, then run the gate again");
        } catch (RuntimeException | StackOverflowError e) {
            return unknown("the check itself failed: " + Said.by(e), "report this as a bug");
        }
    }

    /** How long it may take: its own {@code timeout}, and never more than {@code most}. */
    Duration limit(Duration most) {
        return Optional.ofNullable(spec)
                .flatMap(s -> s.settings().duration("timeout"))
                .filter(own -> own.compareTo(most) < 0 && !own.isZero() && !own.isNegative())
                .orElse(most);
    }

    /** What could not be looked at. */
    Evidence unseen(String reason, String fix, Duration took) {
        return evidence(unknown(reason, fix), took);
    }

    private Evidence evidence(Finding finding, Duration took) {
        return Evidence.of(entry.id(), spec == null ? "" : spec.kind(), blocker(), finding, maxAge(), took);
    }

    private Finding unknown(String reason, String fix) {
        return new Finding(Status.UNKNOWN, "", "", "", reason, fix, Origin.CONTROLLER, "", context.now(), "");
    }

    private boolean blocker() {
        if (entry instanceof CriteriaEntry criteria) {
            return criteria.blocker();
        }
        return !(entry instanceof ValidationEntry validation) || validation.blocker();
    }

    private Duration maxAge() {
        if (spec != null && spec.settings().duration("maxAge").isPresent()) {
            return spec.settings().duration("maxAge").get();
        }
        if (entry instanceof CriteriaEntry criteria && criteria.maxAge() != null) {
            return criteria.maxAge();
        }
        return check == null ? Duration.ofDays(7) : check.maxAge(spec);
    }
}
