// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.testing;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Item;
import hudson.scm.SCM;
import hudson.scm.SCMDescriptor;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jenkins.scm.api.SCMFile;
import jenkins.scm.api.SCMFileSystem;
import jenkins.scm.api.SCMHead;
import jenkins.scm.api.SCMRevision;
import jenkins.scm.api.SCMSource;
import jenkins.scm.api.SCMSourceDescriptor;
import jenkins.scm.impl.mock.MockSCMController;
import jenkins.scm.impl.mock.MockSCMRevision;
import jenkins.scm.impl.mock.MockSCMSource;
import org.apache.commons.io.FileUtils;

/** Files of a revision without a checkout, for the repositories of tests; a subclass is the extension. */
public abstract class FakeRevisions extends SCMFileSystem.Builder {
    /** The revision's files, each with what it held then. */
    protected static SCMFileSystem read(MockSCMSource source, SCMRevision revision) throws IOException {
        Path copy = Files.createTempDirectory("revision");
        MockSCMController.lookup(source.getControllerId())
                .checkout(copy.toFile(), source.getRepository(), ((MockSCMRevision) revision).getHash());
        return new SCMFileSystem(revision) {
            @Override
            public long lastModified() {
                return System.currentTimeMillis() - 60_000;
            }

            @NonNull
            @Override
            public SCMFile getRoot() {
                return new Copied(copy);
            }

            @Override
            public void close() throws IOException {
                FileUtils.deleteDirectory(copy.toFile());
            }
        };
    }

    @Override
    public boolean supports(SCM scm) {
        return false;
    }

    @Override
    public boolean supports(SCMSource source) {
        return source instanceof MockSCMSource;
    }

    @Override
    protected boolean supportsDescriptor(SCMDescriptor descriptor) {
        return false;
    }

    @Override
    protected boolean supportsDescriptor(SCMSourceDescriptor descriptor) {
        return false;
    }

    @Override
    public SCMFileSystem build(@NonNull Item owner, @NonNull SCM scm, SCMRevision revision) {
        return null;
    }

    @Override
    public SCMFileSystem build(@NonNull SCMSource source, @NonNull SCMHead head, SCMRevision revision)
            throws IOException {
        return revision instanceof MockSCMRevision ? read((MockSCMSource) source, revision) : null;
    }

    private static final class Copied extends SCMFile {
        private final Path file;

        Copied(Path root) {
            this.file = root;
        }

        private Copied(Copied parent, String name) {
            super(parent, name);
            this.file = parent.file.resolve(name);
        }

        @NonNull
        @Override
        protected SCMFile newChild(@NonNull String name, boolean assumeIsDirectory) {
            return new Copied(this, name);
        }

        @NonNull
        @Override
        public Iterable<SCMFile> children() {
            List<SCMFile> children = new ArrayList<>();
            for (File child : file.toFile().listFiles()) {
                children.add(newChild(child.getName(), child.isDirectory()));
            }
            return children;
        }

        @Override
        public long lastModified() {
            // as many a repository: nobody knows
            return 0;
        }

        @NonNull
        @Override
        protected Type type() {
            return Files.isDirectory(file)
                    ? Type.DIRECTORY
                    : Files.isRegularFile(file) ? Type.REGULAR_FILE : Type.NONEXISTENT;
        }

        @NonNull
        @Override
        public InputStream content() throws IOException {
            return Files.newInputStream(file);
        }
    }
}
