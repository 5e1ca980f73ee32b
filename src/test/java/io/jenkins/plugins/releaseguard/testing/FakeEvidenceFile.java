// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.testing;

import io.jenkins.plugins.releaseguard.evidence.EvidenceFile;
import io.jenkins.plugins.releaseguard.evidence.Origin;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

public record FakeEvidenceFile(String path, byte[] bytes, Origin origin, Instant modified) implements EvidenceFile {
    public FakeEvidenceFile(String path, String text, Instant modified) {
        this(path, text.getBytes(StandardCharsets.UTF_8), Origin.ARCHIVE, modified);
    }

    @Override
    public long size() {
        return bytes.length;
    }

    @Override
    public InputStream open() {
        return new ByteArrayInputStream(bytes);
    }
}
