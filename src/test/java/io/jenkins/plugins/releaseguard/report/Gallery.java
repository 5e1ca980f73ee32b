// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.report;

import io.jenkins.plugins.releaseguard.journal.Stamped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes the sample releases' sealed folders, to look at them. */
final class Gallery {
    private Gallery() {}

    static Map<String, List<Stamped>> releases() {
        Map<String, List<Stamped>> releases = new LinkedHashMap<>();
        releases.put("promoted", SampleReleases.promoted());
        releases.put("rolled-back", SampleReleases.rolledBack());
        releases.put("unconfirmed", SampleReleases.unconfirmed());
        releases.put("no-go", SampleReleases.noGo());
        releases.put("running", SampleReleases.running());
        releases.put("halted", SampleReleases.halted());
        releases.put("everything", SampleReleases.everything());
        releases.put("empty", SampleReleases.empty());
        return releases;
    }

    public static void main(String[] args) throws IOException {
        Path dir = Files.createDirectories(Path.of(args[0]));
        for (Map.Entry<String, List<Stamped>> release : releases().entrySet()) {
            VerificationTest.release(Files.createDirectories(dir.resolve(release.getKey())), release.getValue());
        }
    }
}
