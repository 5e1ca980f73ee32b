// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.step;

import io.jenkins.plugins.releaseguard.journal.EvidenceStatus;
import io.jenkins.plugins.releaseguard.report.Report;
import java.io.Serializable;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** An entry of the contract in a step's result. */
@Restricted(NoExternalUse.class)
public final class ReleaseResultEntry implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String id;
    private final String title;
    private final String status;
    private final boolean blocker;
    private final String value;
    private final String limit;
    private final String reason;

    ReleaseResultEntry(Report.EntryResult entry) {
        this.id = entry.id();
        this.title = entry.title();
        this.status = entry.status().text();
        this.blocker = entry.blocker();
        this.value = entry.value();
        this.limit = entry.limit();
        this.reason = entry.reason();
    }

    boolean isGreen() {
        return status != null && EvidenceStatus.of(status).green();
    }

    @Whitelisted
    public String getId() {
        return id;
    }

    @Whitelisted
    public String getTitle() {
        return title;
    }

    /** pass, fail, unknown or waived. */
    @Whitelisted
    public String getStatus() {
        return status;
    }

    @Whitelisted
    public boolean isBlocker() {
        return blocker;
    }

    @Whitelisted
    public String getValue() {
        return value;
    }

    @Whitelisted
    public String getLimit() {
        return limit;
    }

    @Whitelisted
    public String getReason() {
        return reason;
    }
}
