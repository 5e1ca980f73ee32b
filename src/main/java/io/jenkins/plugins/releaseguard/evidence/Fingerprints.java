// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence;

import io.jenkins.plugins.releaseguard.Beta;
import java.io.IOException;
import java.util.List;

/** What the build system remembers of a file's content. */
@Beta
@FunctionalInterface
public interface Fingerprints {
    /** Builds that made or used this very content, oldest first; empty where none is known. */
    List<String> builds(EvidenceFile file) throws IOException;
}
