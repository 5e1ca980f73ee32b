// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.page;

import io.jenkins.plugins.releaseguard.evidence.People;
import io.jenkins.plugins.releaseguard.evidence.Signers;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * An approval that waits, as one reader sees it.
 *
 * @param obstacle why the reader can't sign; empty for who can
 * @param spoken what the reader has said already; null for nothing that counts
 */
@Restricted(NoExternalUse.class)
public record SignOffCard(PendingSignOff pending, String obstacle, SignOffView spoken) {
    static SignOffCard of(PendingSignOff pending, Person reader, People people, boolean permitted) {
        return new SignOffCard(pending, obstacle(pending, reader, people, permitted), pending.lastOf(reader.id()));
    }

    private static String obstacle(PendingSignOff pending, Person reader, People people, boolean permitted) {
        String against = reader.against(pending.of(), people);
        if (reader.anonymous()) {
            return Messages.SignOffCard_Anonymous();
        } else if (against != null && pending.lastOf(reader.id()) == null) {
            return against.equals(Signers.NOT_NAMED)
                    ? Messages.SignOffCard_Others()
                    : Messages.SignOffCard_Unclear(against);
        } else if (reader.isAny(pending.authors())) {
            return Messages.SignOffCard_Author();
        }
        return permitted ? "" : Messages.SignOffCard_NoPermission();
    }

    public PendingSignOff getPending() {
        return pending;
    }

    public String getObstacle() {
        return obstacle;
    }

    public boolean isMine() {
        return obstacle.isEmpty();
    }

    /** Approving again changes nothing. */
    public boolean isApprovable() {
        return spoken == null || !spoken.approved();
    }

    /** A phase has nobody who refuses: it waits, or it is rolled back. */
    public boolean isRefusable() {
        return !pending.isForPhase() && (spoken == null || spoken.approved());
    }

    /** Empty where the reader hasn't spoken. */
    public String getSpoken() {
        return spoken == null
                ? ""
                : spoken.approved() ? Messages.SignOffCard_Approved() : Messages.SignOffCard_Refused();
    }

    public String getWord() {
        if (!pending.getRefusedBy().isEmpty()) {
            return Messages.SignOffCard_RefusedBy(pending.getRefusedBy());
        }
        return isLate() ? Messages.SignOffCard_Late() : Messages.SignOffCard_Waits();
    }

    /** Neither refused nor too late. */
    boolean isWaiting() {
        return pending.getRefusedBy().isEmpty() && !isLate();
    }

    private boolean isLate() {
        SignOffDeadline due = pending.getDue();
        return due != null && due.isPast();
    }

    public String getTone() {
        return isWaiting() ? "warn" : "bad";
    }

    public String getMark() {
        return getTone().equals("warn") ? "!" : "✕";
    }
}
