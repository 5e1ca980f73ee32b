// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rehearse;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.catalog.Catalog;
import io.jenkins.plugins.releaseguard.contract.Contract;
import io.jenkins.plugins.releaseguard.contract.read.Variables;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchTest {
    @TempDir
    private Path folder;

    private Path source;
    private Contract contract;

    @BeforeEach
    void readTheExample() throws Exception {
        source = Files.createDirectories(folder.resolve("project"));
        Files.writeString(source.resolve("migrate"), "#!/bin/sh\n");
        contract = Catalog.STANDARD
                .reader()
                .parse(
                        Files.readString(Path.of("release.yaml")),
                        "release.yaml",
                        Variables.of(Map.of(
                                "VERSION", "1", "GIT_COMMIT", "abc", "ARTIFACT_SHA256", Scratch.artifactSha256())));
    }

    @Test
    void makesWhatTheContractNeedsAndTheProjectLacks() throws Exception {
        Scratch scratch = Scratch.make(folder.resolve("workspace"), source, contract, false);
        assertThat(sha256(scratch.made().resolve("dist/checkout.tar.gz"))).isEqualTo(Scratch.artifactSha256());
        assertThat(scratch.made().resolve("dist/test-results/TEST-rehearsal.xml"))
                .exists();
        assertThat(scratch.work().resolve("dist/checkout.tar.gz")).exists();
        assertThat(scratch.work().resolve("migrate")).hasContent("#!/bin/sh");
        assertThat(scratch.made().resolve("migrate")).doesNotExist();
        assertThat(source.resolve("dist")).doesNotExist();
    }

    @Test
    void leavesWhatTheProjectHas() throws Exception {
        Path own = Files.createDirectories(source.resolve("dist")).resolve("checkout.tar.gz");
        Files.writeString(own, "my own");
        Scratch scratch = Scratch.make(folder.resolve("workspace"), source, contract, false);
        assertThat(scratch.made().resolve("dist/checkout.tar.gz")).doesNotExist();
        assertThat(scratch.work().resolve("dist/checkout.tar.gz")).hasContent("my own");
        // results are missing, and made beside it
        assertThat(scratch.work().resolve("dist/test-results/TEST-rehearsal.xml"))
                .exists();
    }

    @Test
    void aTamperedArtifactTakesThePlaceOfTheProjectsAndLeavesThatAlone() throws Exception {
        Path own = Files.createDirectories(source.resolve("dist")).resolve("checkout.tar.gz");
        Files.writeString(own, "my own");
        Scratch scratch = Scratch.make(folder.resolve("workspace"), source, contract, true);
        assertThat(sha256(scratch.made().resolve("dist/checkout.tar.gz"))).isNotEqualTo(Scratch.artifactSha256());
        assertThat(own).hasContent("my own");
    }

    @Test
    void mayBeMadeTwice() throws Exception {
        Scratch.make(folder.resolve("workspace"), source, contract, false);
        Scratch again = Scratch.make(folder.resolve("workspace"), source, contract, false);
        assertThat(again.work().resolve("migrate")).exists();
    }

    @Test
    void aWorkspaceInsideTheProjectDoesNotHoldItself() throws Exception {
        Scratch scratch = Scratch.make(source.resolve("out/workspace"), source, contract, false);
        assertThat(scratch.work().resolve("migrate")).exists();
        assertThat(scratch.work().resolve("out")).doesNotExist();
    }

    @Test
    void theArtifactIsATarThatOthersCanRead() throws IOException {
        byte[] packed = TarGz.of("checkout/service", "text\n");
        try (InputStream in = new GZIPInputStream(new java.io.ByteArrayInputStream(packed))) {
            byte[] tar = in.readAllBytes();
            assertThat(tar).hasSize(4 * 512);
            assertThat(new String(tar, 0, 16, StandardCharsets.US_ASCII)).isEqualTo("checkout/service");
            assertThat(new String(tar, 257, 5, StandardCharsets.US_ASCII)).isEqualTo("ustar");
            assertThat(new String(tar, 512, 5, StandardCharsets.US_ASCII)).isEqualTo("text\n");
        }
    }

    private static String sha256(Path file) throws Exception {
        byte[] digest = java.security.MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
        return java.util.HexFormat.of().formatHex(digest);
    }
}
