// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence;

import io.jenkins.plugins.releaseguard.Beta;
import io.jenkins.plugins.releaseguard.text.Lines;
import java.time.Instant;
import java.util.Objects;

/**
 * What one check saw: the status, what was looked at, the number and the limit as text with units, one sentence why, what to
 * do about it, where it came from, the SHA-256 of what was read (empty where nothing was), and the time at which it was true
 * (a report's own time, not the time of reading). {@code awaits}: who still has to sign, empty unless a person's word is the
 * only thing missing.
 */
@Beta
public record Finding(
        Status status,
        String looked,
        String value,
        String limit,
        String reason,
        String fix,
        Origin origin,
        String sha256,
        Instant at,
        String awaits) {
    public Finding {
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(origin, "origin");
        Objects.requireNonNull(at, "at");
        if (status == Status.WAIVED) {
            throw new IllegalArgumentException("a check finds pass, fail or unknown; waiving is the gate's");
        }
        looked = text(looked);
        value = text(value);
        limit = text(limit);
        reason = text(reason);
        fix = text(fix);
        sha256 = text(sha256);
        awaits = text(awaits);
    }

    public boolean passed() {
        return status == Status.PASS;
    }

    private static String text(String text) {
        return text == null ? "" : text;
    }

    /** Begins a finding by the controller, of now, unless said otherwise. */
    public static Builder now(CheckContext context) {
        return new Builder(context.now());
    }

    /** A finding in the making: what was looked at first, the verdict last. Texts become one bounded line each. */
    public static final class Builder {
        private static final int LONGEST = 600;

        private String looked = "";
        private String value = "";
        private String limit = "";
        private String sha256 = "";
        private Origin origin = Origin.CONTROLLER;
        private Instant at;

        private Builder(Instant at) {
            this.at = at;
        }

        /** What was looked at: a path, an address, a query, a command. */
        public Builder looked(String what) {
            looked = Lines.bounded(what, LONGEST);
            return this;
        }

        /** Where it came from; the controller where nothing else is said. */
        public Builder from(Origin where) {
            origin = where;
            return this;
        }

        /** The SHA-256 of what was read, in lower-case hex. */
        public Builder sha(String digest) {
            sha256 = digest;
            return this;
        }

        /** When it was true: a report's own time, not the time of reading. */
        public Builder at(Instant when) {
            at = when;
            return this;
        }

        /** The number, with its unit. */
        public Builder value(String number) {
            value = Lines.bounded(number, LONGEST);
            return this;
        }

        /** What it had to hold to. */
        public Builder limit(String bound) {
            limit = Lines.bounded(bound, LONGEST);
            return this;
        }

        /** It holds. */
        public Finding pass(String reason) {
            return finding(Status.PASS, reason, "", "");
        }

        /** It does not hold. */
        public Finding fail(String reason, String fix) {
            return finding(Status.FAIL, reason, fix, "");
        }

        /** Nobody can tell; the gate never takes that for a pass. */
        public Finding unknown(String reason, String fix) {
            return finding(Status.UNKNOWN, reason, fix, "");
        }

        /** Unknown because nothing but a person's word is missing. */
        public Finding awaiting(String who, String reason, String fix) {
            return finding(Status.UNKNOWN, reason, fix, who);
        }

        private Finding finding(Status status, String reason, String fix, String awaits) {
            return new Finding(
                    status,
                    looked,
                    value,
                    limit,
                    Lines.bounded(reason, LONGEST),
                    Lines.bounded(fix, LONGEST),
                    origin,
                    sha256,
                    at,
                    awaits);
        }
    }
}
