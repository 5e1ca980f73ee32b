// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.evidence;

import hudson.model.Run;
import io.jenkins.plugins.releaseguard.evidence.EvidenceFile;
import io.jenkins.plugins.releaseguard.evidence.EvidenceFiles;
import io.jenkins.plugins.releaseguard.evidence.Origin;
import io.jenkins.plugins.releaseguard.text.Glob;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import jenkins.scm.api.SCMFile;
import jenkins.scm.api.SCMFileSystem;
import jenkins.scm.api.SCMHead;
import jenkins.scm.api.SCMRevision;
import jenkins.scm.api.SCMRevisionAction;
import jenkins.scm.api.SCMSource;
import jenkins.scm.api.mixin.ChangeRequestSCMHead;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Files of the revision that a multibranch job builds, asked of the repository itself: no build can have touched them. Only
 * where the revision is on record with the build, and not for a change that still waits to be reviewed.
 */
@Restricted(NoExternalUse.class)
public final class RevisionFiles implements EvidenceFiles {
    private static final int MOST_FOLDERS = 100;
    private static final int MOST_FILES = 500;
    private static final int MOST_BYTES = 16 << 20;

    private final SCMSource source;
    private final SCMHead head;
    private final SCMRevision revision;

    /** When the build began: it had the revision by then. */
    private final long known;

    private RevisionFiles(SCMSource source, SCMHead head, SCMRevision revision, long known) {
        this.source = source;
        this.head = head;
        this.revision = revision;
        this.known = known;
    }

    /** Empty where nobody can say which revision is built, or it can't be read without checking it out. */
    public static Optional<RevisionFiles> of(Run<?, ?> run) {
        SCMSource source = SCMSource.SourceByItem.findSource(run.getParent());
        SCMHead head = SCMHead.HeadByItem.findHead(run.getParent());
        SCMRevision revision = source == null ? null : SCMRevisionAction.getRevision(source, run);
        boolean known = head != null && revision != null && !(head instanceof ChangeRequestSCMHead);
        return known && SCMFileSystem.supports(source)
                ? Optional.of(new RevisionFiles(source, head, revision, run.getStartTimeInMillis()))
                : Optional.empty();
    }

    /** The same of a revision that is named; empty where it can't be read without checking it out. */
    static Optional<RevisionFiles> of(SCMSource source, SCMHead head, SCMRevision revision, long known) {
        return SCMFileSystem.supports(source)
                ? Optional.of(new RevisionFiles(source, head, revision, known))
                : Optional.empty();
    }

    /** Patterns that begin with {@code **} are for what builds make; walking a whole repository for them would cost too much. */
    @Override
    public List<EvidenceFile> find(String glob) throws IOException {
        String pattern = Patterns.relative(glob, "the repository");
        if (pattern.startsWith("**")) {
            return List.of();
        }
        try (SCMFileSystem files = SCMFileSystem.of(source, head, revision)) {
            if (files == null || !files.isFixedRevision()) {
                return List.of();
            }
            List<EvidenceFile> found = new ArrayList<>();
            long committed = files.lastModified();
            new Walk(pattern, found, committed > 0 ? committed : known).into(files.getRoot(), "", 0);
            found.sort(Comparator.comparing(EvidenceFile::path));
            return found;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while looking for '" + glob + "'");
        }
    }

    /** Goes down along the pattern: a plain name is asked for, only a pattern has its folder listed. */
    private static final class Walk {
        private final String pattern;
        private final String[] parts;
        private final List<EvidenceFile> found;
        /** Many repositories can't tell the time of one file. */
        private final long committed;

        private int folders;
        private int bytes;

        Walk(String pattern, List<EvidenceFile> found, long committed) {
            this.committed = committed;
            this.pattern = pattern;
            this.parts = pattern.split("/");
            this.found = found;
        }

        void into(SCMFile folder, String path, int depth) throws IOException, InterruptedException {
            boolean plain = depth < parts.length && !Patterns.isPattern(parts[depth]) && !deepBefore(depth);
            if (plain) {
                look(folder.child(parts[depth]), path + parts[depth], depth + 1);
                return;
            }
            if (++folders > MOST_FOLDERS) {
                throw new IOException("'" + pattern + "' leads through more than " + MOST_FOLDERS
                        + " folders of the repository: name the folder");
            }
            for (SCMFile child : folder.children()) {
                look(child, path + child.getName(), depth + 1);
            }
        }

        private boolean deepBefore(int depth) {
            return List.of(parts).subList(0, depth).contains("**");
        }

        private void look(SCMFile file, String path, int depth) throws IOException, InterruptedException {
            if (file.isDirectory()) {
                if (depth < parts.length || deepBefore(Math.min(depth, parts.length))) {
                    into(file, path + "/", depth);
                }
            } else if (file.isFile() && Glob.matches(pattern, path)) {
                if (found.size() >= MOST_FILES) {
                    throw new IOException(
                            "'" + pattern + "' matches more than " + MOST_FILES + " files of the repository");
                }
                long modified = file.lastModified();
                found.add(Committed.of(path, file, MOST_BYTES - bytes, modified > 0 ? modified : committed));
                bytes += (int) found.get(found.size() - 1).size();
            }
        }
    }

    /** Read at once: the connection to the repository doesn't outlive the look. */
    private record Committed(String path, byte[] content, Instant modified) implements EvidenceFile {
        static Committed of(String path, SCMFile file, int left, long modified)
                throws IOException, InterruptedException {
            try (InputStream in = file.content()) {
                byte[] content = in.readNBytes(left + 1);
                if (content.length > left) {
                    throw new IOException("'" + path + "' and the files before it have more than " + (MOST_BYTES >> 20)
                            + " MiB: archive a file of that size instead");
                }
                return new Committed(path, content, Instant.ofEpochMilli(modified));
            }
        }

        @Override
        public Origin origin() {
            return Origin.REVISION;
        }

        @Override
        public long size() {
            return content.length;
        }

        @Override
        public InputStream open() {
            return new ByteArrayInputStream(content);
        }
    }
}
