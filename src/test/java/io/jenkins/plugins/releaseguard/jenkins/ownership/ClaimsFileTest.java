// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.ownership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.releaseguard.jenkins.ownership.ServiceClaim.Origin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is kept of claims is understood whole or not at all. */
class ClaimsFileTest {
    private static final Instant AT = Instant.parse("2026-11-30T10:00:00Z");

    @TempDir
    Path folder;

    private Path path;

    @BeforeEach
    void path() {
        path = folder.resolve("release-guard/owners.json");
    }

    @Test
    void isReadAsItWasWritten() throws IOException {
        ClaimsFile file = new ClaimsFile(path);
        assertThat(file.read()).isEmpty();
        List<ServiceClaim> claims = List.of(
                new ServiceClaim(
                        "checkout", "teams/payments", List.of("old"), Origin.FIRST_RELEASE, "a#1", AT, "teams"),
                new ServiceClaim("search", null, Origin.FREED, "root", AT));
        file.write(claims);
        assertThat(file.read().values()).containsExactlyElementsOf(claims);
        assertThat(Files.readString(path)).contains("\"first-release\"", "\"freed\"", "2026-11-30T10:00:00Z");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "{'format': 1}",
                "{'format': 2, 'claims': []}",
                "{'format': 1, 'claims': [null]}",
                "{'format': 1, 'claims': [{'service': 'a'",
                "{'format': 1, 'claims': []} {}",
                "{'format': 1, 'claims': [], 'more': 1}",
                "{'format': 1, 'claims': [{'service': 'a', 'place': 'b', 'origin': 'told', 'by': 'c', 'at': '2026-11-30T10:00:00Z'}]}",
                "{'format': 1, 'claims': [{'service': 'a', 'origin': 'first-release', 'by': 'c', 'at': '2026-11-30T10:00:00Z'}]}",
                "{'format': 1, 'claims': [{'service': 'a', 'place': 'b', 'origin': 'freed', 'by': 'c', 'at': '2026-11-30T10:00:00Z'}]}",
                "{'format': 1, 'claims': [{'service': 'a', 'place': 'b', 'origin': 'first-release', 'by': 'c', 'at': '2026-11-30T10:00:00Z', 'x': 1}]}"
            })
    void whatIsNotUnderstoodIsNoList(String text) throws IOException {
        Files.createDirectories(path.getParent());
        Files.writeString(path, text.replace('\'', '"'));
        assertThatThrownBy(() -> new ClaimsFile(path).read())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("release-guard/owners.json")
                .hasMessageContaining("restore the file from a backup");
    }

    @Test
    void aServiceStandsInItOnce() throws IOException {
        ClaimsFile file = new ClaimsFile(path);
        ServiceClaim claim = new ServiceClaim("a", "b", Origin.FOLDER, "c#1", AT);
        file.write(List.of(claim, claim));
        assertThatThrownBy(file::read).hasMessageContaining("twice");
    }
}
