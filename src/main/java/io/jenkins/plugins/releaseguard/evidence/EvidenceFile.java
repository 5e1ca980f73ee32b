// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence;

import io.jenkins.plugins.releaseguard.Beta;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;

/** A file as found: relative path with forward slashes, size in bytes, time of last change. */
@Beta
public interface EvidenceFile {
    String path();

    Origin origin();

    long size();

    Instant modified();

    /** Opens it for reading; the caller closes. */
    InputStream open() throws IOException;
}
