// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.page;

import hudson.Util;
import io.jenkins.plugins.releaseguard.journal.GateWord;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** When an approval is too late, and what happens then. The time left is the page's script's to keep true. */
@Restricted(NoExternalUse.class)
public record SignOffDeadline(Instant at, String otherwise) {
    static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    public String getIso() {
        return at.toString();
    }

    public String getTime() {
        return TIME.format(at);
    }

    public boolean isPast() {
        return !Instant.now().isBefore(at);
    }

    /** As of now; empty when it is past. */
    public String getLeft() {
        return isPast()
                ? ""
                : Util.getTimeSpanString(Duration.between(Instant.now(), at).toMillis());
    }

    public String getConsequence() {
        boolean goesOn = otherwise.equals(GateWord.CONDITIONAL.text());
        if (isPast()) {
            return goesOn ? Messages.SignOffDeadline_WentOn() : Messages.SignOffDeadline_SaidNo();
        }
        return goesOn ? Messages.SignOffDeadline_GoesOn() : Messages.SignOffDeadline_NoGo();
    }
}
