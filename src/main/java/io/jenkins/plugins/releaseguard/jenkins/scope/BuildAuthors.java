// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.scope;

import hudson.model.Cause;
import hudson.model.Run;
import hudson.model.User;
import hudson.scm.ChangeLogSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.scm.RunWithSCM;
import jenkins.scm.api.metadata.ContributorMetadataAction;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Who made what a build releases: who started it, or the build before it, who wrote its changes, whose pull request it is. What the
 * contract says of its author only adds to them, since its author writes it.
 */
@Restricted(NoExternalUse.class)
public final class BuildAuthors {
    private static final Logger LOGGER = Logger.getLogger(BuildAuthors.class.getName());
    private static final int MOST = 200;

    private BuildAuthors() {}

    /** User ids. May ask a user directory, and take as long as that takes. */
    public static Set<String> of(Run<?, ?> run) {
        Set<String> authors = new LinkedHashSet<>();
        starters(run.getCauses(), authors);
        ContributorMetadataAction contributor = run.getParent().getAction(ContributorMetadataAction.class);
        if (contributor != null) {
            add(authors, contributor.getContributor());
        }
        if (run instanceof RunWithSCM<?, ?> build) {
            try {
                changes(build, authors);
            } catch (RuntimeException e) {
                // a damaged log of changes, or a directory that doesn't answer: who is known counts
                LOGGER.log(Level.WARNING, e, () -> "Not all authors of " + run + " are known");
            }
        }
        return authors;
    }

    private static void starters(List<? extends Cause> causes, Set<String> authors) {
        for (Cause cause : causes) {
            if (cause instanceof Cause.UserIdCause person) {
                add(authors, person.getUserId());
            } else if (cause instanceof Cause.UpstreamCause build) {
                starters(build.getUpstreamCauses(), authors);
            }
        }
    }

    private static void changes(RunWithSCM<?, ?> build, Set<String> authors) {
        for (ChangeLogSet<? extends ChangeLogSet.Entry> changes : build.getChangeSets()) {
            for (ChangeLogSet.Entry change : changes) {
                if (authors.size() >= MOST) {
                    return;
                }
                User user = change.getAuthor();
                add(authors, user == null ? null : user.getId());
            }
        }
    }

    private static void add(Set<String> authors, String id) {
        if (id != null && !id.isBlank()) {
            authors.add(id);
        }
    }
}
