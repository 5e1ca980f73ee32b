// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.report;

import io.jenkins.plugins.releaseguard.journal.Stamped;
import io.jenkins.plugins.releaseguard.testing.ReportFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes the sample releases' sealed folders, to look at them. */
public final class ReportGallery {
    private ReportGallery() {}

    public static Map<String, List<Stamped>> releases() {
        Map<String, List<Stamped>> releases = new LinkedHashMap<>();
        releases.put("promoted", ReportFixture.promoted());
        releases.put("rolled-back", ReportFixture.rolledBack());
        releases.put("unconfirmed", ReportFixture.unconfirmed());
        releases.put("no-go", ReportFixture.noGo());
        releases.put("running", ReportFixture.running());
        releases.put("halted", ReportFixture.halted());
        releases.put("everything", ReportFixture.everything());
        releases.put("empty", ReportFixture.empty());
        return releases;
    }

    public static void main(String[] args) throws IOException {
        Path dir = Files.createDirectories(Path.of(args[0]));
        for (Map.Entry<String, List<Stamped>> release : releases().entrySet()) {
            VerificationTest.release(Files.createDirectories(dir.resolve(release.getKey())), release.getValue());
        }
    }
}
