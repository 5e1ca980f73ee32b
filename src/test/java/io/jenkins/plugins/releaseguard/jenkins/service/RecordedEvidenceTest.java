// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.gate.KeptEvidence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records keep evidence in the form that the engine's EvidenceSchemaTest holds against the published schema. */
class RecordedEvidenceTest {
    @TempDir
    private Path dir;

    @Test
    void isWrittenAsItIsPublished() throws IOException {
        String published =
                Files.readString(Path.of("src/test/resources/io/jenkins/plugins/releaseguard/gate/evidence.json"));
        RecordFolder folder = new RecordFolder(dir);
        folder.writeText("old.json", published);

        folder.write("evidence.json", folder.read("old.json", KeptEvidence.class));

        assertThat(Files.readString(dir.resolve("evidence.json"))).isEqualTo(published.strip());
    }
}
