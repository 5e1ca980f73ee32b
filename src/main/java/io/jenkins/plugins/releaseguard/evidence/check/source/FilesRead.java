// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.check.source;

import io.jenkins.plugins.releaseguard.contract.Settings;
import io.jenkins.plugins.releaseguard.contract.schema.Field;
import io.jenkins.plugins.releaseguard.evidence.EvidenceFile;
import io.jenkins.plugins.releaseguard.evidence.EvidenceFiles;
import io.jenkins.plugins.releaseguard.evidence.Finding;
import io.jenkins.plugins.releaseguard.evidence.Origin;
import io.jenkins.plugins.releaseguard.evidence.UnavailableException;
import io.jenkins.plugins.releaseguard.evidence.read.BoundedInput;
import io.jenkins.plugins.releaseguard.evidence.read.FormatException;
import io.jenkins.plugins.releaseguard.text.Lines;
import io.jenkins.plugins.releaseguard.text.Sha256;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/** The files a check has looked at: their paths, one digest over all, the weakest origin and the oldest time. */
public final class FilesRead {
    /** Reports above this are not read. */
    static final long LARGEST = 256L << 20;
    /** Texts that are held in memory whole. */
    static final long TEXT = 8L << 20;

    /** The longest that is told of what an exception says. */
    private static final int SAID = 300;

    private final List<String> paths = new ArrayList<>();
    private final List<String> digests = new ArrayList<>();
    private Origin origin;
    private Instant oldest;

    /** Reads from a stream that is counted and digested. */
    public interface Reader<T> {
        T read(InputStream in) throws IOException;
    }

    public static final String MISSING =
            "let the build write it before the gate, archived where the gate has no workspace, or correct the path";

    /** Files for each pattern. A pattern that matches nothing is an error: what wasn't there can't have been good. */
    public static List<EvidenceFile> each(EvidenceFiles files, List<String> patterns) throws IOException {
        TreeSet<String> seen = new TreeSet<>();
        List<EvidenceFile> all = new ArrayList<>();
        for (String pattern : patterns) {
            List<EvidenceFile> found = files.find(pattern);
            if (found.isEmpty()) {
                throw new UnavailableException("no file matches '" + pattern + "'", MISSING);
            }
            found.stream().filter(f -> seen.add(f.path())).forEach(all::add);
        }
        return all;
    }

    /** Files for any of the patterns, in the order of their paths: one match is enough. */
    public static List<EvidenceFile> any(EvidenceFiles files, List<String> patterns) throws IOException {
        TreeMap<String, EvidenceFile> all = new TreeMap<>();
        for (String pattern : patterns) {
            files.find(pattern).forEach(f -> all.put(f.path(), f));
        }
        if (all.isEmpty()) {
            throw new UnavailableException("no file matches '" + String.join("', '", patterns) + "'", MISSING);
        }
        return List.copyOf(all.values());
    }

    /** Files for each of the patterns that a contract gives, for any of those that stand where it gives none. */
    public static List<EvidenceFile> given(EvidenceFiles files, Settings settings, Field field) throws IOException {
        List<String> patterns = settings.texts(field.name());
        return patterns.equals(List.of(field.standard().split(", "))) ? any(files, patterns) : each(files, patterns);
    }

    /** The one file of a path. */
    public static EvidenceFile one(EvidenceFiles files, String path) throws IOException {
        List<EvidenceFile> found = files.find(path);
        if (found.isEmpty()) {
            throw new UnavailableException("there is no file '" + path + "'", MISSING);
        }
        if (found.size() > 1) {
            throw new UnavailableException("'" + path + "' matches " + found.size() + " files", "name one of them");
        }
        return found.get(0);
    }

    /**
     * Reads a file of up to {@value #LARGEST} bytes, all of which are digested.
     *
     * @throws IOException it is larger, or can't be read
     */
    public <T> T read(EvidenceFile file, Reader<T> reader) throws IOException {
        return read(file, LARGEST, reader);
    }

    private <T> T read(EvidenceFile file, long largest, Reader<T> reader) throws IOException {
        MessageDigest digest = Sha256.begin();
        try (InputStream opened = file.open();
                DigestInputStream in = new DigestInputStream(new BoundedInput(opened, largest), digest)) {
            T result = reader.read(in);
            in.transferTo(OutputStream.nullOutputStream());
            saw(file, Sha256.hex(digest));
            return result;
        } catch (FormatException e) {
            throw new UnavailableException(
                    "'" + file.path() + "': " + e.getMessage(),
                    "let the tool that writes it end, in a format that the check reads, or name another file");
        } catch (UnavailableException e) {
            throw e;
        } catch (IOException e) {
            throw new UnavailableException(
                    "'" + file.path() + "' can't be read: " + Lines.said(e, SAID),
                    "make it readable where the gate runs, or name another file");
        }
    }

    /** The file as UTF-8 text. */
    public String text(EvidenceFile file) throws IOException {
        byte[] bytes = read(file, TEXT, InputStream::readAllBytes);
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new UnavailableException("'" + file.path() + "' is no UTF-8 text", "save it as UTF-8");
        }
    }

    /** Only the digest. */
    public String digest(EvidenceFile file) throws IOException {
        read(file, Long.MAX_VALUE, in -> in.transferTo(OutputStream.nullOutputStream()));
        return digests.get(digests.size() - 1);
    }

    private void saw(EvidenceFile file, String digest) {
        paths.add(file.path());
        digests.add(digest);
        origin = origin == null || weaker(file.origin(), origin) ? file.origin() : origin;
        oldest = oldest == null || file.modified().isBefore(oldest) ? file.modified() : oldest;
    }

    private static boolean weaker(Origin a, Origin b) {
        List<Origin> strength = List.of(Origin.WORKSPACE, Origin.REVISION, Origin.ARCHIVE);
        return strength.indexOf(a) >= 0 && (strength.indexOf(b) < 0 || strength.indexOf(a) < strength.indexOf(b));
    }

    /** The weakest of those that were read; null before the first. */
    public Origin origin() {
        return origin;
    }

    /** The oldest time of those that were read; null before the first. */
    Instant oldest() {
        return oldest;
    }

    /** Puts what was seen into a finding. */
    public Finding.Builder into(Finding.Builder found) throws IOException {
        if (paths.isEmpty()) {
            return found;
        }
        String sha = digests.size() == 1
                ? digests.get(0)
                : Sha256.hex(
                        new ByteArrayInputStream((String.join("\n", digests) + "\n").getBytes(StandardCharsets.UTF_8)));
        return found.looked(Lines.some(paths)).from(origin).sha(sha).at(oldest);
    }
}
