// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rehearse;

import io.jenkins.plugins.releaseguard.contract.Artifact;
import io.jenkins.plugins.releaseguard.contract.CheckSpec;
import io.jenkins.plugins.releaseguard.contract.Contract;
import io.jenkins.plugins.releaseguard.contract.CriteriaEntry;
import io.jenkins.plugins.releaseguard.text.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The rehearsal's workspace. {@code made} has what a build would have left and the contract's folder doesn't have (an artifact,
 * test results); {@code work}, where commands run, has that beside links to what the contract's folder has.
 */
final class Scratch {
    private static final byte[] ARTIFACT = TarGz.of("checkout/service", "the version that was tested\n");
    private static final byte[] ANOTHER = TarGz.of("checkout/service", "not the version that was tested\n");
    private static final int TESTS = 120;
    private static final int MOST_LINKS = 2000;

    private final Path made;
    private final Path work;
    private final Path source;

    private Scratch(Path folder, Path source) {
        this.made = folder.resolve("made");
        this.work = folder.resolve("work");
        this.source = source;
    }

    /** What {@code ${ARTIFACT_SHA256}} is filled with. */
    static String artifactSha256() {
        return Sha256.hex(ARTIFACT);
    }

    /**
     * @param source the contract's folder
     * @param tampered the artifacts are others than those that were tested
     */
    static Scratch make(Path folder, Path source, Contract contract, boolean tampered) throws IOException {
        Scratch scratch = new Scratch(folder, source.toRealPath());
        Files.createDirectories(scratch.made);
        Files.createDirectories(scratch.work);
        for (String artifact : artifacts(contract)) {
            if (tampered || !Files.exists(scratch.source.resolve(artifact))) {
                scratch.write(artifact, tampered ? ANOTHER : ARTIFACT);
            }
        }
        for (CheckSpec check : checks(contract, "tests")) {
            for (String pattern : check.settings().texts("results")) {
                if (!check.settings().has("build") && scratch.isMissing(pattern)) {
                    scratch.write(example(pattern), junit());
                }
            }
        }
        scratch.link(scratch.source, scratch.work);
        return scratch;
    }

    Path made() {
        return made;
    }

    Path work() {
        return work;
    }

    Path source() {
        return source;
    }

    private static Set<String> artifacts(Contract contract) {
        Set<String> files = new LinkedHashSet<>();
        contract.release().artifacts().stream().map(Artifact::file).forEach(files::add);
        checks(contract, "artifact").stream()
                .map(c -> c.settings().text("file"))
                .forEach(files::add);
        files.remove("");
        return files;
    }

    private static List<CheckSpec> checks(Contract contract, String kind) {
        return contract.entries(CriteriaEntry.class).stream()
                .flatMap(e -> e.verify().stream())
                .filter(c -> c.kind().equals(kind))
                .toList();
    }

    /** Only plain folders are looked into: a pattern that may match anywhere is taken to match nothing yet. */
    private boolean isMissing(String pattern) throws IOException {
        int star = pattern.indexOf('*');
        if (star < 0) {
            return !Files.exists(source.resolve(pattern));
        }
        Path parent = source.resolve(pattern.substring(0, Math.max(0, pattern.lastIndexOf('/', star))));
        if (pattern.substring(0, star).isEmpty() || !Files.isDirectory(parent)) {
            return true;
        }
        try (Stream<Path> files = Files.list(parent)) {
            return files.findAny().isEmpty();
        }
    }

    /** A path that the pattern matches. */
    private static String example(String pattern) {
        return pattern.replace("**/", "")
                .replace("**", "rehearsal")
                .replace("*", "rehearsal")
                .replace('?', 'x');
    }

    private void write(String path, byte[] content) throws IOException {
        for (Path folder : List.of(made, work)) {
            Path file = folder.resolve(path).normalize();
            if (file.startsWith(folder)) {
                Files.createDirectories(file.getParent());
                Files.write(file, content);
            }
        }
    }

    /** Links to everything that the source has and the workspace hasn't; folders that both have are gone into. */
    private void link(Path from, Path to) throws IOException {
        try (Stream<Path> entries = Files.list(from)) {
            entries.limit(MOST_LINKS).forEach(entry -> linkOne(entry, to.resolve(entry.getFileName())));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private void linkOne(Path entry, Path link) {
        try {
            if (Files.isDirectory(link) && Files.isDirectory(entry) && !Files.isSymbolicLink(link)) {
                link(entry, link);
            } else if (!Files.exists(link) && !work.startsWith(entry.toRealPath())) {
                Files.createSymbolicLink(link, entry);
            }
        } catch (IOException | UnsupportedOperationException e) {
            throw new UncheckedIOException(new IOException("cannot link " + entry + " into the workspace", e));
        }
    }

    private static byte[] junit() {
        StringBuilder xml =
                new StringBuilder("<testsuite name=\"rehearsal\" tests=\"" + TESTS + "\" failures=\"0\">\n");
        for (int i = 1; i <= TESTS; i++) {
            xml.append("  <testcase classname=\"rehearsal.SavedCards\" name=\"case")
                    .append(i)
                    .append("\" time=\"0.01\"/>\n");
        }
        return xml.append("</testsuite>\n").toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }
}
