// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.service;

import hudson.ExtensionList;
import hudson.ExtensionPoint;
import hudson.model.Run;
import io.jenkins.plugins.releaseguard.journal.GateWord;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.Beta;

/** Hears what a gate says, to tell it elsewhere. A listener that fails doesn't stop a release. */
@Restricted(Beta.class)
public interface GateListener extends ExtensionPoint {
    /**
     * @param word waiting while somebody has to act
     * @param reasons why it isn't green, one sentence each, first the most important
     * @param page where people act and read on; null where Jenkins doesn't know its address
     */
    record Answer(
            String service, String version, String environment, GateWord word, List<String> reasons, String page) {
        public Answer {
            reasons = List.copyOf(reasons);
        }
    }

    void answered(Run<?, ?> run, Answer answer);

    /** Tells all listeners, on a thread of the caller that may wait. */
    static void tell(OpenRelease release, GateWord word, List<String> reasons) {
        Run<?, ?> run = release.run();
        if (run == null) {
            return;
        }
        Answer answer = new Answer(
                release.info().service(),
                release.contract().release().version(),
                release.info().environment(),
                word,
                reasons,
                release.page());
        for (GateListener listener : ExtensionList.lookup(GateListener.class)) {
            try {
                listener.answered(run, answer);
            } catch (RuntimeException | LinkageError e) {
                Logger.getLogger(GateListener.class.getName())
                        .log(Level.WARNING, e, () -> "Could not tell " + listener.getClass() + " of " + release.id());
            }
        }
    }
}
