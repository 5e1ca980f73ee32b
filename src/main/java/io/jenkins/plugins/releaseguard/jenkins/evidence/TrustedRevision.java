// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.evidence;

import hudson.AbortException;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.releaseguard.text.Lines;
import java.io.IOException;
import java.util.Optional;
import jenkins.scm.api.SCMHead;
import jenkins.scm.api.SCMRevision;
import jenkins.scm.api.SCMRevisionAction;
import jenkins.scm.api.SCMSource;
import jenkins.scm.api.mixin.ChangeRequestSCMHead;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * The revision whose word counts for a build of a multibranch project, as for its Jenkinsfile: the one that is built where the source
 * of the repository trusts it, otherwise the one that the source names instead, as the target of a pull request from a fork.
 *
 * @param head what is built: a branch, a tag or a change
 * @param revision which is trusted
 * @param isBuilt whether that is the revision that is built
 * @param known when the build began, in milliseconds: it had the revision by then
 */
@Restricted(NoExternalUse.class)
public record TrustedRevision(SCMSource source, SCMHead head, SCMRevision revision, boolean isBuilt, long known) {
    private static final int LONGEST = 200;

    /**
     * Asks the source, which may ask the repository, and take as long as that takes.
     *
     * @return empty where the job is none of a multibranch project, or its revision is not on record
     * @throws AbortException a change is built, and nobody can say whether it is trusted
     */
    public static Optional<TrustedRevision> of(Run<?, ?> run, TaskListener listener)
            throws IOException, InterruptedException {
        SCMSource source = SCMSource.SourceByItem.findSource(run.getParent());
        SCMHead head = SCMHead.HeadByItem.findHead(run.getParent());
        if (head == null) {
            return Optional.empty();
        }
        SCMRevision built = source == null ? null : SCMRevisionAction.getRevision(source, run);
        if (built == null) {
            if (head instanceof ChangeRequestSCMHead) {
                throw new AbortException("Nobody can say whether the change " + head.getName()
                        + " is trusted: its revision is not on record with the build, so that its contract counts for"
                        + " nothing. Build it again");
            }
            return Optional.empty();
        }
        SCMRevision trusted = source.getTrustedRevision(built, listener);
        return Optional.of(
                new TrustedRevision(source, head, trusted, built.equals(trusted), run.getStartTimeInMillis()));
    }

    /** Its files; empty where they can't be read without checking it out. */
    public Optional<RevisionFiles> files() {
        return RevisionFiles.of(source, head, revision, known);
    }

    /** As the repository names it, bounded. */
    public String name() {
        return Lines.bounded(String.valueOf(revision), LONGEST);
    }

    /** Whether what is built waits to be merged. */
    public boolean isChange() {
        return head instanceof ChangeRequestSCMHead;
    }

    /** What the branch source calls what is built, on one line and bounded. */
    public String change() {
        return Lines.bounded(head.getName(), LONGEST);
    }
}
