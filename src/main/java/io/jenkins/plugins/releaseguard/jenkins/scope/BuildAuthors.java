// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.scope;

import hudson.model.Cause;
import hudson.model.Run;
import hudson.scm.ChangeLogSet;
import java.util.HashSet;
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
 * Who made what a build releases: who started it, whose pull request it is, who wrote its changes and those of the builds since the
 * last release; and the same of the builds that it came from, a rebuilt one included. What the contract says of its author only adds
 * to them, since its author writes it.
 */
@Restricted(NoExternalUse.class)
public final class BuildAuthors {
    private static final Logger LOGGER = Logger.getLogger(BuildAuthors.class.getName());
    private static final int MOST = 500;
    private static final int MOST_BUILDS = 200;

    private final Set<String> users = new LinkedHashSet<>();
    private final Set<String> unknown = new LinkedHashSet<>();
    private final Set<String> visited = new HashSet<>();
    private final CommitPeople people = new CommitPeople();
    private final int mostBuilds;

    private BuildAuthors(int mostBuilds) {
        this.mostBuilds = mostBuilds;
    }

    /** Of a release that is about to begin. Reads builds; may ask a user directory, and take as long as that takes. */
    public static Makers of(Run<?, ?> run, String service, String environment) {
        return of(run, service, environment, MOST_BUILDS);
    }

    /** @param mostBuilds how many builds are looked at before this one; what is beyond them is told as unknown */
    static Makers of(Run<?, ?> run, String service, String environment, int mostBuilds) {
        BuildAuthors authors = new BuildAuthors(mostBuilds);
        authors.build(run);
        authors.before(run, service, environment);
        return new Makers(authors.users, List.copyOf(authors.unknown));
    }

    /** Of the build alone, as its log of changes has grown meanwhile. */
    public static Makers now(Run<?, ?> run) {
        BuildAuthors authors = new BuildAuthors(MOST_BUILDS);
        authors.build(run);
        return new Makers(authors.users, List.copyOf(authors.unknown));
    }

    private void build(Run<?, ?> run) {
        if (!visited.add(run.getExternalizableId())) {
            return;
        }
        if (visited.size() > mostBuilds) {
            unknown.add("more than " + mostBuilds + " builds led to this one");
            return;
        }
        run.getCauses().forEach(this::cause);
        ContributorMetadataAction contributor = run.getParent().getAction(ContributorMetadataAction.class);
        if (contributor != null) {
            add(contributor.getContributor());
        }
        changes(run);
    }

    private void cause(Cause cause) {
        if (cause instanceof Cause.UserIdCause person) {
            add(person.getUserId());
        } else if (cause instanceof Cause.UpstreamCause upstream) {
            Run<?, ?> run = upstream.getUpstreamRun();
            if (run == null) {
                unknown.add("the build " + upstream.getUpstreamProject() + "#" + upstream.getUpstreamBuild()
                        + ", which this one came from, is gone, and who wrote its changes with it");
                upstream.getUpstreamCauses().forEach(this::cause);
            } else {
                build(run);
            }
        }
    }

    /** Builds that are discarded are passed over: nobody keeps who wrote their changes. */
    private void before(Run<?, ?> run, String service, String environment) {
        int last = lastReleased(run, service, environment);
        Run<?, ?> earlier = run.getPreviousBuild();
        for (int i = 0; earlier != null && earlier.getNumber() > last; i++) {
            if (i >= mostBuilds) {
                unknown.add(
                        last > 0
                                ? "the last release is more than " + mostBuilds + " builds ago"
                                : "no build of this job that is kept is proven to have released it to " + environment
                                        + ", and more than " + mostBuilds + " are kept: have it discard old ones");
                return;
            }
            changes(earlier);
            earlier = earlier.getPreviousBuild();
        }
    }

    /** The number of the job's last build that is proven to have brought the service there; 0 where none is, so that all may be new. */
    private int lastReleased(Run<?, ?> run, String service, String environment) {
        try {
            return LastRelease.of(run.getParent(), ServiceLedgers.of(service), environment);
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> "Which build before " + run + " released last is not known");
            unknown.add("which build released last can't be read");
            return 0;
        }
    }

    private void changes(Run<?, ?> run) {
        if (!(run instanceof RunWithSCM<?, ?> build)) {
            return;
        }
        try {
            for (ChangeLogSet<? extends ChangeLogSet.Entry> changes : build.getChangeSets()) {
                for (ChangeLogSet.Entry change : changes) {
                    if (users.size() >= MOST) {
                        unknown.add("there are more than " + MOST + " of them");
                        return;
                    }
                    people.of(change, users);
                }
            }
        } catch (RuntimeException e) {
            // a damaged log of changes, or a directory that doesn't answer
            LOGGER.log(Level.WARNING, e, () -> "Not all authors of " + run + " are known");
            unknown.add("who wrote the changes of " + run.getExternalizableId() + " can't be read");
        }
    }

    private void add(String id) {
        if (id != null && !id.isBlank()) {
            users.add(id);
        }
    }
}
