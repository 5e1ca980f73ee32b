// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.local;

import io.jenkins.plugins.releaseguard.evidence.EvidenceFile;
import io.jenkins.plugins.releaseguard.evidence.Origin;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;

/** A file of a local folder; {@code target} has no link in its last step. */
record LocalFile(String path, Path target, Path root, Origin origin, long size, Instant modified)
        implements EvidenceFile {
    static LocalFile of(String path, Path target, Path root, Origin origin, long maxBytes) throws IOException {
        BasicFileAttributes attributes =
                Files.readAttributes(target, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (attributes.size() > maxBytes) {
            throw new IOException(
                    "'" + path + "' has " + attributes.size() + " bytes, more than the " + maxBytes + " that are read");
        }
        return new LocalFile(
                path,
                target,
                root,
                origin,
                attributes.size(),
                attributes.lastModifiedTime().toInstant());
    }

    @Override
    public InputStream open() throws IOException {
        // looked at again: the build may have changed the tree since the search
        if (!target.toRealPath().startsWith(root)) {
            throw new IOException("'" + path + "' leads out of the folder");
        }
        return Files.newInputStream(target, LinkOption.NOFOLLOW_LINKS);
    }
}
