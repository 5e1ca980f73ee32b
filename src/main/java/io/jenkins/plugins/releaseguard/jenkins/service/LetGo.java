// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.service;

import io.jenkins.plugins.releaseguard.evidence.Evidence;
import io.jenkins.plugins.releaseguard.evidence.ReleaseDigest;
import io.jenkins.plugins.releaseguard.evidence.ReleaseMakers;
import io.jenkins.plugins.releaseguard.gate.FindingWaiver;
import io.jenkins.plugins.releaseguard.jenkins.evidence.JenkinsApprovals;
import io.jenkins.plugins.releaseguard.jenkins.evidence.ReleasePolicy;
import io.jenkins.plugins.releaseguard.jenkins.waiver.GivenWaivers;
import io.jenkins.plugins.releaseguard.text.Sha256;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What people have waived of a release, alike for its gate and for the look before its first users. */
final class LetGo {
    private final ReleasePolicy policy;
    private final List<FindingWaiver> waivers;
    private final String subject;
    private final Set<String> makers;

    private LetGo(ReleasePolicy policy, List<FindingWaiver> waivers, String subject, Set<String> makers) {
        this.policy = policy;
        this.waivers = waivers;
        this.subject = subject;
        this.makers = makers;
    }

    /** As it is now. May ask a user directory, where something was waived under this contract. */
    static LetGo of(OpenRelease release, ReleasePolicy policy) throws IOException {
        String subject = subject(release);
        List<FindingWaiver> given = GivenWaivers.of(release.service(), release.environment()).all().stream()
                .filter(waiver -> waiver.contract().equals(subject))
                .toList();
        Optional<Set<String>> makers =
                given.isEmpty() ? Optional.of(Set.of()) : makers(release).known();
        // while one of those who made it may be missing, each waiver could be theirs
        return new LetGo(policy, makers.isEmpty() ? List.of() : given, subject, makers.orElse(Set.of()));
    }

    boolean mayBe(Evidence one) {
        return policy.mayBeWaived(one);
    }

    Evidence judged(Evidence one, Instant now) {
        return mayBe(one) ? FindingWaiver.apply(waivers, one, subject, makers, now) : one;
    }

    /** Those who made it, as of now. May ask a user directory. */
    static ReleaseMakers makers(OpenRelease release) throws IOException {
        return ReleaseMakers.of(
                release.contract().release(),
                new JenkinsApprovals(release, ReleaseGuardService.get().directory()::ask));
    }

    /** What a waiver is bound to: the contract with all that its meaning depends on, and what is released under it. */
    static String subject(OpenRelease release) throws IOException {
        RecordInfo info = release.info();
        StringBuilder all = new StringBuilder();
        add(all, release.folder().contract());
        add(all, info.includes());
        add(all, info.variables());
        add(all, ReleaseDigest.of(release.contract().release()));
        return Sha256.hex(all.toString());
    }

    private static void add(StringBuilder all, Map<String, String> named) {
        add(all, String.valueOf(named.size()));
        new TreeMap<>(named).forEach((name, text) -> {
            add(all, name);
            add(all, text);
        });
    }

    /** With its length before it: no text passes for the end of another one. */
    private static void add(StringBuilder all, String text) {
        all.append(text.length()).append(':').append(text);
    }
}
