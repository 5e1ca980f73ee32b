// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.ownership;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.releaseguard.journal.AtomicFile;
import io.jenkins.plugins.releaseguard.journal.EventJson;
import io.jenkins.plugins.releaseguard.text.Lines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The claims on disk, replaced whole or not at all. What isn't understood to the last field is not believed in part: a claim that is
 * left out would be a service that anybody may have.
 */
final class ClaimsFile {
    private static final int FORMAT = 1;
    private static final int MOST_TEXT = 300;
    private static final ObjectMapper JSON =
            EventJson.mapper().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private final Path file;

    ClaimsFile(Path file) {
        this.file = file;
    }

    private record Kept(int format, List<ServiceClaim> claims) {}

    /** By service; empty where there is no file yet. */
    Map<String, ServiceClaim> read() throws IOException {
        Map<String, ServiceClaim> claims = new TreeMap<>();
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return claims;
        }
        Kept kept;
        try {
            kept = JSON.readValue(Files.readAllBytes(file), Kept.class);
        } catch (IOException | RuntimeException e) {
            throw wrong(e.getMessage(), e);
        }
        if (kept == null || kept.format() != FORMAT || kept.claims() == null) {
            throw wrong("it is no list of claims of format " + FORMAT, null);
        }
        for (ServiceClaim claim : kept.claims()) {
            if (claim == null || claims.put(claim.service(), claim) != null) {
                throw wrong("a claim is empty, or stands in it twice", null);
            }
        }
        return claims;
    }

    void write(Collection<ServiceClaim> claims) throws IOException {
        AtomicFile.write(
                file, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(new Kept(FORMAT, List.copyOf(claims))));
    }

    private IOException wrong(String why, Exception cause) {
        return new IOException(
                "which services belong to whom can't be read from release-guard/" + file.getFileName() + " of the"
                        + " controller's home (" + Lines.bounded(why, MOST_TEXT)
                        + "): restore the file from a backup; moved away, each service is claimed anew",
                cause);
    }
}
