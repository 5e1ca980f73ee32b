// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.local;

import io.jenkins.plugins.releaseguard.evidence.EvidenceFile;
import io.jenkins.plugins.releaseguard.evidence.EvidenceFiles;
import io.jenkins.plugins.releaseguard.evidence.Origin;
import io.jenkins.plugins.releaseguard.text.Glob;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Files below a folder. Patterns cannot climb out of it and links cannot lead out of it; folders behind links are not
 * searched. A file above the size limit, or a search that meets too many files, is an error and never a part of the truth.
 */
public final class LocalFiles implements EvidenceFiles {
    /** At most so many, where something goes away meanwhile that may have held what is searched. */
    private static final int SEARCHES = 5;

    private final Path root;
    private final Origin origin;
    private final long maxBytes;
    private final int maxVisited;

    /** Files up to 256 MiB, in a tree of up to 500 000. */
    public LocalFiles(Path root, Origin origin) {
        this(root, origin, 256L << 20, 500_000);
    }

    public LocalFiles(Path root, Origin origin, long maxBytes, int maxVisited) {
        this.root = root;
        this.origin = origin;
        this.maxBytes = maxBytes;
        this.maxVisited = maxVisited;
    }

    @Override
    public List<EvidenceFile> find(String glob) throws IOException {
        String pattern = checked(glob);
        Path real = root.toRealPath();
        Path start = start(real, pattern);
        for (int i = 0; i < SEARCHES; i++) {
            if (!Files.exists(start)) {
                return List.of();
            }
            if (!start.toRealPath().startsWith(real)) {
                throw new IOException("'" + glob + "' leads out of the folder through a link");
            }
            Search search = new Search(real, pattern);
            Files.walkFileTree(start, search);
            if (!search.disturbed) {
                search.found.sort(Comparator.comparing(EvidenceFile::path));
                return search.found;
            }
        }
        throw new IOException("folders or files come and go where '" + pattern + "' is searched");
    }

    /** The deepest folder (or the file) that the pattern names without a wildcard. */
    private static Path start(Path real, String pattern) throws IOException {
        Path start = real;
        try {
            for (String part : pattern.split("/")) {
                if (part.contains("*") || part.contains("?")) {
                    return start;
                }
                start = start.resolve(part);
            }
        } catch (InvalidPathException e) {
            throw new IOException("'" + pattern + "' is no path", e);
        }
        return start;
    }

    private static String checked(String glob) throws IOException {
        String pattern = glob.startsWith("./") ? glob.substring(2) : glob;
        boolean climbs = List.of(pattern.split("/", -1)).contains("..");
        boolean absolute = pattern.startsWith("/") || pattern.matches("[A-Za-z]:.*");
        if (pattern.isBlank() || climbs || absolute || pattern.indexOf('\\') >= 0 || pattern.indexOf('\0') >= 0) {
            throw new IOException("'" + glob + "' is no path inside the folder: write it relative, with /, without ..");
        }
        return pattern;
    }

    private final class Search extends SimpleFileVisitor<Path> {
        private final Path real;
        private final String pattern;
        private final List<EvidenceFile> found = new ArrayList<>();
        private int visited;

        /** Whether what was found may be a part only. */
        private boolean disturbed;

        Search(Path real, String pattern) {
            this.real = real;
            this.pattern = pattern;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            if (++visited > maxVisited) {
                throw new IOException("more than " + maxVisited + " files where '" + pattern + "' is searched");
            }
            String path = path(file);
            if (!Glob.matches(pattern, path)) {
                return FileVisitResult.CONTINUE;
            }
            try {
                add(path, file, attributes);
            } catch (NoSuchFileException e) {
                // what was there when it was met and is gone now is an error, not nothing
                throw new IOException("'" + path + "' went away while it was looked at", e);
            }
            return FileVisitResult.CONTINUE;
        }

        private void add(String path, Path file, BasicFileAttributes attributes) throws IOException {
            Path target = file;
            BasicFileAttributes kind = attributes;
            if (attributes.isSymbolicLink()) {
                target = Files.exists(file) ? file.toRealPath() : null;
                if (target == null || !target.startsWith(real)) {
                    throw new IOException("'" + path + "' is a link that leads out of the folder, or nowhere");
                }
                kind = Files.readAttributes(target, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            }
            if (kind.isRegularFile()) {
                found.add(LocalFile.of(path, target, real, origin, maxBytes));
            }
        }

        /**
         * What went away between being listed and being looked at is no file any more: a temporary one that got its name, mostly. Of a
         * folder nobody knows what it held, and under which name that is now.
         */
        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            boolean gone = e instanceof NoSuchFileException;
            if (gone && !Glob.matches(pattern, path(file))) {
                disturbed |= mayHold(path(file));
                return FileVisitResult.CONTINUE;
            }
            throw new IOException("cannot read '" + path(file) + "'", e);
        }

        /** Whether the pattern could match something in a folder of this path. */
        private boolean mayHold(String path) {
            return pattern.contains("**") || path.split("/").length < pattern.split("/").length;
        }

        private String path(Path file) {
            return real.relativize(file).toString().replace('\\', '/');
        }
    }
}
