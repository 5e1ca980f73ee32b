// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.releaseguard.evidence.EvidenceFile;
import io.jenkins.plugins.releaseguard.evidence.Origin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalFilesTest {
    @TempDir
    Path folder;

    /** Enough that some meet a file between its being listed and looked at. */
    private static final int SEARCHES = 3000;

    private Path root;

    @BeforeEach
    void write() throws IOException {
        root = Files.createDirectories(folder.resolve("workspace"));
        Files.createDirectories(root.resolve("out/deep"));
        Files.writeString(root.resolve("out/TEST-a.xml"), "a");
        Files.writeString(root.resolve("out/deep/TEST-b.xml"), "bb");
        Files.writeString(root.resolve("TEST-c.xml"), "ccc");
        Files.writeString(folder.resolve("secret.xml"), "secret");
    }

    private LocalFiles files() {
        return new LocalFiles(root, Origin.WORKSPACE);
    }

    @Test
    void findsByPatternInOrder() throws IOException {
        List<EvidenceFile> found = files().find("**/TEST-*.xml");

        assertThat(found)
                .extracting(EvidenceFile::path)
                .containsExactly("TEST-c.xml", "out/TEST-a.xml", "out/deep/TEST-b.xml");
        assertThat(found).extracting(EvidenceFile::origin).containsOnly(Origin.WORKSPACE);
        assertThat(found).extracting(EvidenceFile::size).containsExactly(3L, 1L, 2L);
        assertThat(found.get(1).open().readAllBytes()).isEqualTo("a".getBytes());
        assertThat(files().find("out/TEST-a.xml")).hasSize(1);
        assertThat(files().find("./out/TEST-a.xml")).hasSize(1);
        assertThat(files().find("nowhere/*.xml")).isEmpty();
        assertThat(files().find("out")).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "../secret.xml",
                "out/../../secret.xml",
                "/etc/passwd",
                "..",
                "C:\\x",
                "c:/x",
                "out\\..\\x",
                "a/..",
                " ",
                ""
            })
    void pathTraversalIsRefused(String path) {
        assertThatThrownBy(() -> files().find(path))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no path inside");
    }

    /** Tools write a temporary file and rename it; what is searched meanwhile is none the worse for it. */
    @Test
    void aFileThatGoesAwayWhileOthersAreSearchedDoesNotMatter() throws Exception {
        Path report = root.resolve("out/TEST-a.xml");
        searchWhile(
                () -> {
                    Path written = Files.writeString(root.resolve("out/next"), "a");
                    Files.move(written, report, StandardCopyOption.ATOMIC_MOVE);
                },
                () -> assertThat(files().find("out/TEST-*.xml")).hasSize(1));
    }

    /** What is in a folder that gets another name meanwhile is found, or the search fails: never the rest alone. */
    @Test
    void aFolderThatGetsAnotherNameIsNotPassedOver() throws Exception {
        Path one = root.resolve("out/deep");
        Path other = root.resolve("out/other");
        AtomicInteger whole = new AtomicInteger();
        searchWhile(
                () -> {
                    Files.move(one, other, StandardCopyOption.ATOMIC_MOVE);
                    Files.move(other, one, StandardCopyOption.ATOMIC_MOVE);
                },
                () -> {
                    List<EvidenceFile> found;
                    try {
                        found = files().find("**/TEST-*.xml");
                    } catch (IOException e) {
                        return;
                    }
                    assertThat(found).hasSize(3);
                    whole.incrementAndGet();
                });
        assertThat(whole).hasPositiveValue();
    }

    private interface Act {
        void act() throws IOException;
    }

    /** Searches many times while a tool does something over and over. */
    private static void searchWhile(Act tool, Act search) throws Exception {
        AtomicBoolean ends = new AtomicBoolean();
        Thread thread = new Thread(() -> {
            try {
                while (!ends.get()) {
                    tool.act();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        thread.start();
        try {
            for (int i = 0; i < SEARCHES; i++) {
                search.act();
            }
        } finally {
            ends.set(true);
            thread.join();
        }
    }

    @Test
    void symlinkOutOfTheFolderIsRefused() throws IOException {
        Files.createSymbolicLink(root.resolve("TEST-link.xml"), folder.resolve("secret.xml"));

        for (String glob : List.of("**/TEST-*.xml", "TEST-link.xml")) {
            assertThatThrownBy(() -> files().find(glob))
                    .isInstanceOf(IOException.class)
                    .hasMessageNotContaining("secret");
        }
    }

    @Test
    void symlinkedFolderOutOfTheFolderIsRefused() throws IOException {
        Files.createSymbolicLink(root.resolve("link"), folder);

        assertThatThrownBy(() -> files().find("link/secret.xml")).isInstanceOf(IOException.class);
        assertThat(files().find("**/secret.xml")).isEmpty();
    }

    @Test
    void symlinkCycleEnds() throws IOException {
        Files.createSymbolicLink(root.resolve("out/loop"), root.resolve("out"));

        assertThat(files().find("**/TEST-*.xml")).hasSize(3);
    }

    @Test
    void symlinkInsideTheFolderIsFollowed() throws IOException {
        Files.createSymbolicLink(root.resolve("TEST-link.xml"), root.resolve("out/TEST-a.xml"));

        assertThat(files().find("TEST-link.xml")).extracting(EvidenceFile::size).containsExactly(1L);
    }

    @Test
    void symlinkToNowhereIsRefused() throws IOException {
        Files.createSymbolicLink(root.resolve("TEST-link.xml"), root.resolve("gone"));

        assertThatThrownBy(() -> files().find("*.xml")).isInstanceOf(IOException.class);
    }

    @Test
    void symlinkPutThereAfterTheSearchIsRefused() throws IOException {
        EvidenceFile file = files().find("out/TEST-a.xml").get(0);
        Files.delete(root.resolve("out/TEST-a.xml"));
        Files.createSymbolicLink(root.resolve("out/TEST-a.xml"), folder.resolve("secret.xml"));

        assertThatThrownBy(file::open).isInstanceOf(IOException.class);
    }

    @Test
    void tooLargeAndTooManyAreErrorsAndNoPart() {
        LocalFiles small = new LocalFiles(root, Origin.WORKSPACE, 2, 100);
        LocalFiles few = new LocalFiles(root, Origin.WORKSPACE, 100, 2);

        assertThatThrownBy(() -> small.find("**/TEST-*.xml")).hasMessageContaining("more than the 2");
        assertThatThrownBy(() -> few.find("**/TEST-*.xml")).hasMessageContaining("more than 2 files");
    }

    @Test
    void theFirstLayerWins() throws IOException {
        Path archive = Files.createDirectories(folder.resolve("archive"));
        Files.writeString(archive.resolve("TEST-c.xml"), "archived");
        LayeredFiles layers = new LayeredFiles(List.of(new LocalFiles(archive, Origin.ARCHIVE), files()));

        List<EvidenceFile> found = layers.find("**/TEST-*.xml");
        assertThat(found).hasSize(3);
        assertThat(found.get(0).origin()).isEqualTo(Origin.ARCHIVE);
        assertThat(found.get(1).origin()).isEqualTo(Origin.WORKSPACE);
    }

    @Property(tries = 300)
    void nothingOutsideIsEverFound(
            @ForAll @Chars({'a', '.', '/', '*', '?', 's', '\\', ':', '\0', '~'}) @StringLength(max = 12) String glob)
            throws IOException {
        Path outside = Files.createTempDirectory("outside");
        Path inside = Files.createDirectory(outside.resolve("a"));
        try {
            Files.writeString(outside.resolve("s"), "secret");
            List<EvidenceFile> found = List.of();
            try {
                found = new LocalFiles(inside, Origin.WORKSPACE).find(glob);
            } catch (IOException e) {
                assertThat(e.getMessage()).isNotBlank();
            }
            assertThat(found).isEmpty();
        } finally {
            Files.delete(outside.resolve("s"));
            Files.delete(inside);
            Files.delete(outside);
        }
    }
}
