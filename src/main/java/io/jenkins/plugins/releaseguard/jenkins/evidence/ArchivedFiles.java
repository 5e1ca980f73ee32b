// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.evidence;

import hudson.model.Run;
import io.jenkins.plugins.releaseguard.evidence.EvidenceFile;
import io.jenkins.plugins.releaseguard.evidence.EvidenceFiles;
import io.jenkins.plugins.releaseguard.evidence.Origin;
import io.jenkins.plugins.releaseguard.text.Glob;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import jenkins.util.VirtualFile;

/** Files that a build has archived, wherever its artifacts are kept. Links out of the archive are refused by Jenkins itself. */
final class ArchivedFiles implements EvidenceFiles {
    private final Run<?, ?> run;

    ArchivedFiles(Run<?, ?> run) {
        this.run = run;
    }

    @Override
    public List<EvidenceFile> find(String glob) throws IOException {
        String pattern = Patterns.relative(glob, "the archive");
        VirtualFile root = run.getArtifactManager().root();
        List<EvidenceFile> found = new ArrayList<>();
        if (!root.exists()) {
            return found;
        }
        for (String name : root.list("**", null, false)) {
            String path = name.replace('\\', '/');
            VirtualFile file = root.child(path);
            if (Glob.matches(pattern, path)) {
                found.add(new Archived(path, file, file.length(), Instant.ofEpochMilli(file.lastModified())));
            }
        }
        found.sort(Comparator.comparing(EvidenceFile::path));
        return found;
    }

    private record Archived(String path, VirtualFile file, long size, Instant modified) implements EvidenceFile {
        @Override
        public Origin origin() {
            return Origin.ARCHIVE;
        }

        @Override
        public InputStream open() throws IOException {
            return file.open();
        }
    }
}
