// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.evidence;

import hudson.model.Run;
import hudson.model.User;
import hudson.security.SecurityRealm;
import io.jenkins.plugins.releaseguard.evidence.Approvals;
import io.jenkins.plugins.releaseguard.evidence.People;
import io.jenkins.plugins.releaseguard.evidence.SignOff;
import io.jenkins.plugins.releaseguard.jenkins.scope.BuildAuthors;
import io.jenkins.plugins.releaseguard.jenkins.scope.JenkinsPeople;
import io.jenkins.plugins.releaseguard.jenkins.scope.Makers;
import io.jenkins.plugins.releaseguard.jenkins.scope.ReleaseScope;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.springframework.security.core.AuthenticationException;

/** Sign-offs of a release, and users as Jenkins knows them. For one thread. */
@Restricted(NoExternalUse.class)
public final class JenkinsApprovals implements Approvals {
    private final ReleaseScope release;
    private final Function<String, Optional<String>> directory;

    /** Null until they are asked for. */
    private Makers now;

    public JenkinsApprovals(ReleaseScope release) {
        this(release, JenkinsApprovals::find);
    }

    /** @param directory the user id of an author */
    public JenkinsApprovals(ReleaseScope release, Function<String, Optional<String>> directory) {
        this.release = release;
        this.directory = directory;
    }

    /** Whom the build's log of changes has named since the release was opened, as after a later checkout. */
    private Makers now() {
        Run<?, ?> run = now == null ? release.run() : null;
        now = now != null ? now : run == null ? Makers.NOBODY : BuildAuthors.now(run);
        return now;
    }

    /** With those who made it as they were known when it was opened: answers as fast as the directory. */
    public static JenkinsApprovals recorded(ReleaseScope release, Function<String, Optional<String>> directory) {
        JenkinsApprovals recorded = new JenkinsApprovals(release, directory);
        recorded.now = Makers.NOBODY;
        return recorded;
    }

    @Override
    public List<SignOff> of(String entry) throws IOException {
        return release.signOffs().stream().filter(s -> s.entry().equals(entry)).toList();
    }

    @Override
    public Set<String> authors() {
        Set<String> all = new LinkedHashSet<>(release.makers().users());
        all.addAll(now().users());
        return all;
    }

    @Override
    public List<String> unknownAuthors() {
        return Stream.of(release.makers().unknown(), now().unknown())
                .flatMap(List::stream)
                .distinct()
                .toList();
    }

    @Override
    public People people() {
        return new JenkinsPeople();
    }

    @Override
    public Optional<String> user(String author) {
        return directory.apply(author);
    }

    /** By id or by a full name that only one user has; never a guess. May ask a user directory, and take as long as that takes. */
    public static Optional<String> find(String author) {
        User known = User.getById(author, false);
        if (known != null) {
            return Optional.of(known.getId());
        }
        List<String> byName = User.getAll().stream()
                .filter(user -> author.equals(user.getFullName()))
                .map(User::getId)
                .toList();
        if (byName.size() == 1) {
            return Optional.of(byName.get(0));
        }
        SecurityRealm realm = Jenkins.get().getSecurityRealm();
        try {
            return Optional.of(realm.loadUserByUsername2(author).getUsername());
        } catch (AuthenticationException e) {
            return Optional.empty();
        }
    }
}
