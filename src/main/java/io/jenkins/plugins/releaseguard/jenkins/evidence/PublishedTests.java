// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.evidence;

import hudson.model.Run;
import io.jenkins.plugins.releaseguard.evidence.BuildTests;
import io.jenkins.plugins.releaseguard.evidence.TestCounts;
import io.jenkins.plugins.releaseguard.jenkins.scope.ReleaseScope;
import java.io.IOException;
import java.util.Optional;
import jenkins.model.Jenkins;

/** Test results that the junit plugin keeps, where it is installed. */
record PublishedTests(ReleaseScope release) implements BuildTests {
    @Override
    public Optional<TestCounts> of(String build) throws IOException {
        if (Jenkins.get().getPlugin("junit") == null) {
            return Optional.empty();
        }
        Run<?, ?> run = build.isEmpty() ? release.run() : OtherBuilds.find(release.job(), build);
        return run == null ? Optional.empty() : JunitAction.of(run);
    }
}
