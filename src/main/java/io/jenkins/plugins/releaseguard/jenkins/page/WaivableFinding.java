// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.page;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.jenkins.plugins.releaseguard.gate.FindingWaiver;
import io.jenkins.plugins.releaseguard.gate.GateOverride;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Something that the gate held against a release when it last decided, and that a person may waive.
 *
 * @param finding as {@link FindingWaiver#finding} writes it
 * @param title of its entry, empty for none
 * @param reason what is wrong
 */
@Restricted(NoExternalUse.class)
@JsonIgnoreProperties({"id", "name"})
public record WaivableFinding(String finding, String title, String reason) {
    /** What its form sends. */
    public String getId() {
        return GateOverride.id(finding);
    }

    public String getName() {
        return GateOverride.inWords(finding);
    }

    public String getTitle() {
        return title;
    }

    public String getReason() {
        return reason;
    }
}
