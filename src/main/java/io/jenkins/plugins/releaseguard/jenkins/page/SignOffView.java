// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.page;

import io.jenkins.plugins.releaseguard.evidence.SignOff;
import java.time.Instant;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * A person's word as the page shows it.
 *
 * @param flaw why it doesn't count; empty where it does
 */
@Restricted(NoExternalUse.class)
public record SignOffView(String by, boolean approved, String comment, Instant at, String flaw) {
    public static SignOffView of(SignOff word, String flaw) {
        return new SignOffView(
                word.by(),
                word.approved(),
                word.comment() == null ? "" : word.comment().strip(),
                word.at(),
                flaw);
    }

    boolean counts() {
        return flaw.isEmpty();
    }

    public String getBy() {
        return by;
    }

    public String getComment() {
        return comment;
    }

    public String getFlaw() {
        return counts() ? "" : Messages.SignOffView_Void(flaw);
    }

    public String getWord() {
        return approved ? Messages.SignOffView_Approved() : Messages.SignOffView_Refused();
    }

    public String getTone() {
        return !counts() ? "plain" : approved ? "good" : "bad";
    }

    public String getMark() {
        return !counts() ? "–" : approved ? "✓" : "✕";
    }

    public String getTime() {
        return SignOffDeadline.TIME.format(at);
    }

    public String getIso() {
        return at.toString();
    }
}
