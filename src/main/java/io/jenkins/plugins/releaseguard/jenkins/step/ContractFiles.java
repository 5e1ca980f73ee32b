// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.step;

import hudson.AbortException;
import hudson.FilePath;
import hudson.model.Run;
import io.jenkins.plugins.releaseguard.evidence.EvidenceFile;
import io.jenkins.plugins.releaseguard.jenkins.evidence.RevisionFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Where a contract and what it includes are read: in the workspace, or without one in the revision that is built. */
final class ContractFiles {
    private static final int MOST_BYTES = 1 << 20;

    private final FilePath workspace;
    private final Run<?, ?> run;

    /** @param workspace null where the step stands in no node */
    ContractFiles(FilePath workspace, Run<?, ?> run) {
        this.workspace = workspace;
        this.run = run;
    }

    /** A plain file; links that lead out are refused. */
    String read(String path) throws IOException, InterruptedException {
        if (path.startsWith("/")
                || path.contains("\\")
                || List.of(path.split("/")).contains("..")) {
            throw outside(path);
        }
        return workspace == null ? committed(path) : checkedOut(path);
    }

    private String checkedOut(String path) throws IOException, InterruptedException {
        FilePath file = workspace.child(path);
        if (!file.exists() || file.isDirectory()) {
            throw new AbortException("There is no file " + path
                    + " in the workspace: check the code out before, or name the file with contract:");
        }
        if (!workspace.isDescendant(path)) {
            throw outside(path);
        }
        try (InputStream in = file.read()) {
            return text(path, in);
        }
    }

    private String committed(String path) throws IOException {
        Optional<RevisionFiles> revision = RevisionFiles.of(run);
        List<EvidenceFile> found = revision.isPresent() && !path.matches(".*[*?].*")
                ? revision.get().find(path)
                : List.of();
        if (found.isEmpty()) {
            throw new AbortException("There is no workspace here to read " + path + " from, and "
                    + (revision.isPresent()
                            ? "the revision that is built has no such file"
                            : "the revision that is built can't be read without a checkout")
                    + ": run this inside node { }, or give contractText: readTrusted('" + path + "')");
        }
        try (InputStream in = found.get(0).open()) {
            return text(path, in);
        }
    }

    private static AbortException outside(String path) {
        return new AbortException("'" + path
                + "' does not stay inside the workspace: no absolute path, no '..' and no link out of it is followed");
    }

    private static String text(String path, InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) {
            throw new AbortException(path + " is larger than 1 MiB");
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new AbortException(path + " is not UTF-8 text");
        }
    }
}
