// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.gate;

import io.jenkins.plugins.releaseguard.evidence.Evidence;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/**
 * What the gate looks at again before it decides: what can change from one minute to the next is looked at for each decision, and what
 * was not green may have been put right since. Beside that a finding counts until it is stale.
 */
public final class Freshness {
    /** A look that is younger belongs to the decision itself. */
    public static final Duration MOMENT = Duration.ofSeconds(10);

    /** How long what failed, or could not be seen, is left alone while the gate waits. */
    public static final Duration AGAIN = Duration.ofMinutes(1);

    private static final Set<String> CHANGING = Set.of("artifact", "freeze");

    private Freshness() {}

    /** Whether it must be looked at; {@code looked} is when it last was, null where nobody knows. */
    public static boolean isDue(Evidence known, Instant looked, Instant now) {
        if (known == null || known.staleAt(now)) {
            return true;
        }
        Duration least =
                CHANGING.contains(known.check()) ? MOMENT : known.status().green() ? null : AGAIN;
        return least != null
                && (looked == null
                        || looked.isAfter(now)
                        || Duration.between(looked, now).compareTo(least) >= 0);
    }

    /** When something that isn't green may be looked at again; empty where people alone are waited for. */
    public static Optional<Instant> next(Collection<Evidence> judged, Instant now) {
        return judged.stream()
                        .anyMatch(one -> !one.status().green() && one.awaits().isBlank())
                ? Optional.of(now.plus(AGAIN))
                : Optional.empty();
    }
}
