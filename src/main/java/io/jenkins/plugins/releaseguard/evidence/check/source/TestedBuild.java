// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.check.source;

import io.jenkins.plugins.releaseguard.contract.Artifact;
import io.jenkins.plugins.releaseguard.contract.Release;
import io.jenkins.plugins.releaseguard.evidence.Finding;
import io.jenkins.plugins.releaseguard.evidence.read.tests.TestReport;
import io.jenkins.plugins.releaseguard.text.Lines;
import io.jenkins.plugins.releaseguard.text.Sha256;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Whether what was tested is what is released, as far as the reports say what they were made of. */
public final class TestedBuild {
    private static final int LONGEST = 60;
    private static final String FIX =
            "test what is released: let the gate's build run the tests, or take their reports from the"
                    + " build that made the artifact";

    private final TestReport report;
    private final String commit;
    private final Set<String> artifacts = new TreeSet<>();

    public TestedBuild(TestReport report, Release release) {
        this.report = report;
        this.commit = release.commit() == null ? "" : release.commit().strip().toLowerCase(Locale.ROOT);
        release.artifacts().stream()
                .map(Artifact::sha256)
                .filter(Objects::nonNull)
                .map(sha -> sha.strip().toLowerCase(Locale.ROOT))
                .filter(sha -> sha.matches("[0-9a-f]{64}"))
                .forEach(artifacts::add);
    }

    /** The failure, where a report was made of another commit or artifact than the release's. */
    public Optional<Finding> other(Finding.Builder found) {
        for (String tested : new TreeSet<>(report.commits())) {
            if (!known()) {
                break;
            }
            boolean dirty = tested.endsWith("dirty");
            String plain = dirty ? tested.substring(0, tested.length() - "-dirty".length()) : tested;
            boolean same = plain.startsWith(commit) || commit.startsWith(plain);
            if (!same || dirty) {
                String changes = dirty && same ? ", with changes that are in no commit" : "";
                return Optional.of(found.value("commit " + tested)
                        .limit("commit " + commit)
                        .fail("the tests ran on commit " + plain + changes + ", the release is commit " + commit, FIX));
            }
        }
        return artifacts.isEmpty()
                ? Optional.empty()
                : new TreeSet<>(report.digests())
                        .stream()
                                .filter(sha -> !artifacts.contains(sha))
                                .findFirst()
                                .map(sha -> found.value("SHA-256 " + Sha256.shortened(sha))
                                        .limit("SHA-256 " + shortened(artifacts))
                                        .fail(
                                                "the tests ran on an artifact with SHA-256 " + Sha256.shortened(sha)
                                                        + ", the release's has " + shortened(artifacts),
                                                FIX));
    }

    private static String shortened(Set<String> digests) {
        return Lines.some(digests.stream().map(Sha256::shortened).toList());
    }

    /** A tag or a branch is no commit that could be compared. */
    private boolean known() {
        return commit.matches("[0-9a-f]{7,64}");
    }

    /** What can't be told of it, a clause each. */
    public List<String> told() {
        List<String> told = new ArrayList<>();
        if (!commit.isEmpty() && report.commits().isEmpty()) {
            told.add("of which commit isn't said");
        } else if (!report.commits().isEmpty() && !known()) {
            String tested = Lines.some(new TreeSet<>(report.commits()));
            told.add(
                    commit.isEmpty()
                            ? "of commit " + tested + ", the release names none"
                            : "of commit " + tested + ", which can't be held against '" + Lines.bounded(commit, LONGEST)
                                    + "'");
        }
        if (artifacts.isEmpty() && !report.digests().isEmpty()) {
            told.add("of an artifact whose SHA-256 the release doesn't name");
        }
        return told;
    }
}
