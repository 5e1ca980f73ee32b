// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.evidence;

import hudson.Util;
import hudson.model.Fingerprint;
import io.jenkins.plugins.releaseguard.evidence.EvidenceFile;
import io.jenkins.plugins.releaseguard.evidence.Fingerprints;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.Jenkins;

/** Builds that Jenkins' fingerprints name for a file's content. */
final class JenkinsFingerprints implements Fingerprints {
    @Override
    public List<String> builds(EvidenceFile file) throws IOException {
        String digest;
        try (InputStream in = file.open()) {
            digest = Util.getDigestOf(in);
        }
        Fingerprint fingerprint = Jenkins.get()._getFingerprint(digest);
        var usages = fingerprint == null ? null : fingerprint.getUsages();
        List<String> builds = new ArrayList<>();
        if (usages != null) {
            usages.forEach((job, numbers) -> {
                for (int number : numbers.listNumbers()) {
                    builds.add(job + "#" + number);
                }
            });
        }
        return builds;
    }
}
