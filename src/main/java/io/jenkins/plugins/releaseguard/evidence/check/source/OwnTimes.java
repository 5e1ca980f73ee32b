// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.check.source;

import io.jenkins.plugins.releaseguard.evidence.Finding;
import io.jenkins.plugins.releaseguard.evidence.read.OwnTime;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/**
 * The times that reports give themselves, beside those of their files: the oldest of all counts, and a time that can't be
 * read is told. A report is never younger than its file.
 */
public final class OwnTimes {
    private final FilesRead files;
    private OwnTime oldest = OwnTime.NONE;

    public OwnTimes(FilesRead files) {
        this.files = files;
    }

    /** Takes more of them in. */
    public OwnTimes all(List<OwnTime> times) {
        times.forEach(time -> oldest = oldest.earlier(time));
        return this;
    }

    /** Puts what was seen into a finding, with the oldest time. */
    public Finding.Builder into(Finding.Builder found) throws IOException {
        files.into(found);
        Instant modified = files.oldest();
        if (oldest.at() != null && modified != null && oldest.at().isBefore(modified)) {
            found.at(oldest.at());
        }
        return found;
    }

    /** What has to be told of a time that can't be read, with a semicolon before it; empty for nothing. */
    public String told() {
        return oldest.odd().isEmpty() ? "" : "; " + oldest.odd() + " is no time, so the file's counts";
    }
}
