// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence;

import io.jenkins.plugins.releaseguard.Beta;
import java.io.IOException;
import java.util.List;

/** Files that checks read. The same path in several places counts once: archive before revision before workspace. */
@Beta
@FunctionalInterface
public interface EvidenceFiles {
    /**
     * Files that match, sorted by path. {@code glob} has {@code *}, {@code **} and {@code ?}, is relative with forward
     * slashes; a plain path is a glob that matches one file.
     *
     * @throws IOException the pattern is absolute or climbs out, a link leads outside, or there are too many files
     */
    List<EvidenceFile> find(String glob) throws IOException;
}
