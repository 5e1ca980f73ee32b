// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.evidence;

import hudson.FilePath;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.releaseguard.evidence.EvidenceFile;
import io.jenkins.plugins.releaseguard.evidence.EvidenceFiles;
import io.jenkins.plugins.releaseguard.evidence.Origin;
import io.jenkins.plugins.releaseguard.evidence.local.LocalFiles;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import jenkins.MasterToSlaveFileCallable;

/** Files of a workspace: whatever runs in the build can have written them, and their origin says so. */
final class WorkspaceFiles implements EvidenceFiles {
    private final FilePath workspace;

    WorkspaceFiles(FilePath workspace) {
        this.workspace = workspace;
    }

    @Override
    public List<EvidenceFile> find(String glob) throws IOException {
        try {
            List<EvidenceFile> files = new ArrayList<>();
            for (Found found : workspace.act(new Find(glob))) {
                files.add(new AgentFile(workspace.child(found.path), found));
            }
            return files;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while looking for '" + glob + "'");
        }
    }

    private static final class Found implements Serializable {
        private static final long serialVersionUID = 1L;
        private final String path;
        private final long size;
        private final long modified;

        Found(EvidenceFile file) {
            this.path = file.path();
            this.size = file.size();
            this.modified = file.modified().toEpochMilli();
        }
    }

    /** Searches where the files are: links out of the workspace are refused there. */
    private static final class Find extends MasterToSlaveFileCallable<ArrayList<Found>> {
        private static final long serialVersionUID = 1L;
        private final String glob;

        Find(String glob) {
            this.glob = glob;
        }

        @Override
        public ArrayList<Found> invoke(File folder, VirtualChannel channel) throws IOException {
            ArrayList<Found> all = new ArrayList<>();
            for (EvidenceFile file : new LocalFiles(folder.toPath(), Origin.WORKSPACE).find(glob)) {
                all.add(new Found(file));
            }
            return all;
        }
    }

    private record AgentFile(FilePath file, Found found) implements EvidenceFile {
        @Override
        public String path() {
            return found.path;
        }

        @Override
        public Origin origin() {
            return Origin.WORKSPACE;
        }

        @Override
        public long size() {
            return found.size;
        }

        @Override
        public Instant modified() {
            return Instant.ofEpochMilli(found.modified);
        }

        @Override
        public InputStream open() throws IOException {
            try {
                return file.read();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while opening '" + found.path + "'");
            }
        }
    }
}
