// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.service;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import hudson.util.AtomicFileWriter;
import io.jenkins.plugins.releaseguard.report.Report;
import io.jenkins.plugins.releaseguard.report.ReportFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The files of one release. Each is replaced whole or not at all. */
final class RecordFolder {
    static final ObjectMapper JSON = new ObjectMapper().registerModule(new JavaTimeModule());
    private static final String RECORD = "record.json";
    private static final String CONTRACT = "contract.yaml";

    private static final Logger LOGGER = Logger.getLogger(RecordFolder.class.getName());

    private final Path path;

    RecordFolder(Path path) {
        this.path = path;
    }

    Path path() {
        return path;
    }

    Path journal() {
        return path.resolve(ReportFiles.JOURNAL);
    }

    /** What the journal says so far. */
    Report preview() {
        try {
            return Report.read(journal());
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "Could not read " + journal());
            return Report.of(List.of());
        }
    }

    void create(RecordInfo info, String contract) throws IOException {
        Files.createDirectories(path);
        writeText(CONTRACT, contract);
        // last: a folder without it was never opened
        write(info);
    }

    void write(RecordInfo info) throws IOException {
        writeText(RECORD, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(info));
    }

    /** Empty where it was never opened, or can't be read. */
    Optional<RecordInfo> known() {
        try {
            return isOpened() ? Optional.of(info()) : Optional.empty();
        } catch (IOException e) {
            LOGGER.log(Level.FINE, e, () -> "Unreadable: " + path);
            return Optional.empty();
        }
    }

    RecordInfo info() throws IOException {
        return JSON.readValue(path.resolve(RECORD).toFile(), RecordInfo.class);
    }

    /** Null where there is no such file. */
    String text(String name) throws IOException {
        return Files.exists(path.resolve(name)) ? Files.readString(path.resolve(name)) : null;
    }

    String contract() throws IOException {
        return Files.readString(path.resolve(CONTRACT));
    }

    boolean isOpened() {
        return Files.isRegularFile(path.resolve(RECORD), LinkOption.NOFOLLOW_LINKS);
    }

    <T> T read(String name, Class<T> type) throws IOException {
        return Files.exists(path.resolve(name))
                ? JSON.readValue(path.resolve(name).toFile(), type)
                : null;
    }

    void write(String name, Object value) throws IOException {
        writeText(name, JSON.writeValueAsString(value));
    }

    void writeText(String name, String text) throws IOException {
        try (AtomicFileWriter writer = new AtomicFileWriter(path.resolve(name), StandardCharsets.UTF_8)) {
            try {
                writer.write(text);
                writer.commit();
            } finally {
                writer.abort();
            }
        }
    }

    /** @return whether there was such a file */
    boolean delete(String name) throws IOException {
        return Files.deleteIfExists(path.resolve(name));
    }

    /** Copies the plain files of this folder to another one. */
    void copyTo(Path target) throws IOException {
        Files.createDirectories(target);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
            for (Path file : files) {
                if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                    Files.copy(
                            file,
                            target.resolve(file.getFileName()),
                            java.nio.file.StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    static List<RecordFolder> below(Path root) throws IOException {
        List<RecordFolder> folders = new ArrayList<>();
        if (Files.isDirectory(root)) {
            try (DirectoryStream<Path> all = Files.newDirectoryStream(root, Files::isDirectory)) {
                all.forEach(path -> folders.add(new RecordFolder(path)));
            }
        }
        return folders;
    }
}
