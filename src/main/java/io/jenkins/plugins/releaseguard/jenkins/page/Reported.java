// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.page;

import io.jenkins.plugins.releaseguard.report.view.Badge;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** A release as a page knows it without its report: enough to say what is missing. */
@Restricted(NoExternalUse.class)
public interface Reported {
    String getTitle();

    /** Null while the release runs. */
    String getSeal();

    /** Where it stands. */
    Badge getStanding();

    String getSentence();
}
