// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence;

import io.jenkins.plugins.releaseguard.contract.Entry;
import io.jenkins.plugins.releaseguard.contract.ValidationEntry;
import io.jenkins.plugins.releaseguard.journal.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/**
 * A check's finding about an entry. {@code check} is the kind, empty where the entry names none. {@code at} is when it was
 * true, {@code maxAge} how long it stays evidence, {@code took} how long looking took; {@code awaits} who still has to sign.
 */
public record Evidence(
        String entry,
        String check,
        Status status,
        boolean blocker,
        String looked,
        String value,
        String limit,
        String reason,
        String fix,
        Origin origin,
        String sha256,
        Instant at,
        Duration maxAge,
        Duration took,
        String awaits) {
    private static final List<Status> WORST_FIRST = List.of(Status.FAIL, Status.UNKNOWN, Status.WAIVED, Status.PASS);

    /** The finding, with what the entry adds. */
    public static Evidence of(
            String entry, String check, boolean blocker, Finding finding, Duration maxAge, Duration took) {
        return new Evidence(
                entry,
                check,
                finding.status(),
                blocker,
                finding.looked(),
                finding.value(),
                finding.limit(),
                finding.reason(),
                finding.fix(),
                finding.origin(),
                finding.sha256(),
                finding.at(),
                maxAge,
                took,
                finding.awaits());
    }

    /** True where it is older than its maximum age, or from the future by more than clocks differ (5 minutes). */
    public boolean staleAt(Instant now) {
        Duration age = Duration.between(at, now);
        return age.compareTo(maxAge) > 0 || age.compareTo(Duration.ofMinutes(-5)) < 0;
    }

    /** The same evidence with another verdict on it. */
    public Evidence with(Status newStatus, String newReason, String newFix) {
        return copy(draft -> {
            draft.status = newStatus;
            draft.reason = newReason;
            draft.fix = newFix;
            draft.awaits = newStatus == Status.UNKNOWN ? awaits : "";
        });
    }

    /** The same evidence with another number and limit to show. */
    public Evidence showing(String newValue, String newLimit) {
        return copy(draft -> {
            draft.value = newValue;
            draft.limit = newLimit;
        });
    }

    /** The same evidence, no longer waited for. */
    public Evidence settled(Status newStatus, boolean must, String newReason, String newFix) {
        return copy(draft -> {
            draft.status = newStatus;
            draft.blocker = must;
            draft.reason = newReason;
            draft.fix = newFix;
            draft.awaits = "";
        });
    }

    /** The same evidence, as a must-have or a should-have. */
    public Evidence blocking(boolean must) {
        return copy(draft -> draft.blocker = must);
    }

    private Evidence copy(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return new Evidence(
                entry,
                check,
                draft.status,
                draft.blocker,
                looked,
                draft.value,
                draft.limit,
                draft.reason,
                draft.fix,
                origin,
                sha256,
                at,
                maxAge,
                took,
                draft.awaits);
    }

    /** What of it can change. */
    private static final class Draft {
        private Status status;
        private boolean blocker;
        private String value;
        private String limit;
        private String reason;
        private String fix;
        private String awaits;

        Draft(Evidence of) {
            status = of.status;
            blocker = of.blocker;
            value = of.value;
            limit = of.limit;
            reason = of.reason;
            fix = of.fix;
            awaits = of.awaits;
        }
    }

    /** Evidence that isn't there: unknown, with the reason and what to do. */
    public static Evidence unknown(
            String entry, String check, boolean blocker, String reason, String fix, Origin origin, Instant at) {
        Finding finding = new Finding(Status.UNKNOWN, "", "", "", reason, fix, origin, "", at, "");
        return of(entry, check, blocker, finding, Duration.ofDays(7), Duration.ZERO);
    }

    /**
     * What the checks of a validation say together, as the journal keeps it: the worst of them.
     *
     * @param gathered by an {@link EvidenceGatherer} for this entry, which has at least one
     */
    public static Event.Validated validated(ValidationEntry about, List<Evidence> gathered) {
        Evidence worst = gathered.stream()
                .min(Comparator.comparingInt(e -> WORST_FIRST.indexOf(e.status())))
                .orElseThrow();
        return new Event.Validated(
                about.id(), about.title(), worst.status().word(), worst.value(), worst.limit(), worst.reason());
    }

    /** As the journal keeps it. */
    public Event.EvidenceGathered event(Entry about) {
        return new Event.EvidenceGathered(
                entry,
                about.type().text(),
                about.title(),
                check,
                status.word(),
                blocker,
                value,
                limit,
                reason,
                fix,
                origin.text(),
                sha256,
                at,
                took.toMillis() / 1000.0);
    }
}
