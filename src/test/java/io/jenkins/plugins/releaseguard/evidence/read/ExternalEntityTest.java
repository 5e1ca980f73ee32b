// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.jenkins.plugins.releaseguard.evidence.read.tests.TestReports;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Class 8: XML that others wrote is read without what it names: no file, no address, no entity, by any reader of it. */
class ExternalEntityTest {
    /** Each reader with the root that it wants. */
    record Reader(String root, Reading reading) {}

    interface Reading {
        Object read(InputStream in) throws IOException;
    }

    private static final List<Reader> READERS = List.of(
            new Reader("testsuite", in -> TestReports.read(in, n -> true, Instant.EPOCH)),
            new Reader("report", in -> CoverageReader.read(in, "auto")),
            new Reader("coverage", in -> CoverageReader.read(in, "auto")),
            new Reader("TestRun", in -> TestReports.read(in, n -> true, Instant.EPOCH)),
            new Reader("test-run", in -> TestReports.read(in, n -> true, Instant.EPOCH)),
            new Reader("assemblies", in -> TestReports.read(in, n -> true, Instant.EPOCH)));

    private final AtomicInteger asked = new AtomicInteger();
    private HttpServer server;

    @TempDir
    Path folder;

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.incrementAndGet();
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private String here() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/x";
    }

    private void refuses(String prolog, String body) {
        for (Reader reader : READERS) {
            String xml = "<?xml version='1.0'?>" + prolog.formatted(reader.root()) + "<" + reader.root()
                    + " line-rate='1'>" + body + "</" + reader.root() + ">";
            assertThatThrownBy(
                            () -> reader.reading().read(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8))))
                    .as(xml)
                    .isInstanceOf(FormatException.class)
                    .hasMessageNotContaining("s3cret");
        }
        assertThat(asked.get()).isZero();
    }

    /** One more reader would be tried by no test. */
    @Test
    void allReadersAreTried() {
        assertThat(new ClassFileImporter()
                                .importPackages("io.jenkins.plugins.releaseguard")
                                .get(SafeXml.class)
                                .getMethodCallsToSelf()
                                .stream()
                                .filter(call -> call.getTarget().getName().equals("read")
                                        && !call.getOriginOwner().isEquivalentTo(SafeXml.class))
                                .map(call -> call.getOriginOwner().getSimpleName()))
                .containsOnly("TestReports", "CoverageReader");
    }

    @Test
    void xxeToAFileIsRefused() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "s3cret");

        refuses("<!DOCTYPE %s [<!ENTITY x SYSTEM '" + secret.toUri() + "'>]>", "<testcase name='a'>&x;</testcase>");
        refuses("<!DOCTYPE %s [<!ENTITY x SYSTEM '" + secret.toUri() + "'>]>", "");
    }

    @Test
    void xxeToAnAddressIsRefused() {
        refuses("<!DOCTYPE %s [<!ENTITY x SYSTEM '" + here() + "'>]>", "&x;");
        refuses("<!DOCTYPE %s [<!ENTITY %% x SYSTEM '" + here() + "'> %%x;]>", "");
    }

    @Test
    void externalDocumentTypeIsNeverFetched() throws IOException {
        for (Reader reader : READERS.subList(1, 3)) {
            String xml =
                    "<!DOCTYPE " + reader.root() + " SYSTEM '" + here() + "'><" + reader.root() + " line-rate='1'/>";
            reader.reading().read(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
        }
        assertThatThrownBy(() -> READERS.get(0)
                        .reading()
                        .read(new ByteArrayInputStream(("<!DOCTYPE testsuite SYSTEM '" + here() + "'><testsuite/>")
                                .getBytes(StandardCharsets.UTF_8))))
                .hasMessageContaining("a document type (<!DOCTYPE ...>) is refused: this format has none");
        assertThat(asked.get()).isZero();
    }

    /** As writers of coverage have them: named by an address, an id, with an empty subset, with brackets in the address. */
    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "<!DOCTYPE coverage SYSTEM '%s'>",
                "<!DOCTYPE coverage\n  SYSTEM \"%s\">",
                "<!DOCTYPE coverage PUBLIC '-//COBERTURA//DTD v4//EN' '%s'>",
                "<!DOCTYPE coverage>",
                "<!DOCTYPE coverage SYSTEM '%s' []>",
                "<!DOCTYPE coverage []>",
                "<!DOCTYPE coverage SYSTEM '%s' [\n ]>",
                "<!DOCTYPE coverage SYSTEM '%s?a[b]=c'>",
                "<!DOCTYPE coverage SYSTEM '%s?a[b'>",
                "<!DOCTYPE coverage SYSTEM \"%s?it's[b]\">"
            })
    void aDocumentTypeWithoutDeclarationsIsSkipped(String type) throws IOException {
        String root = "<coverage line-rate='1' lines-valid='2' lines-covered='2'/>";
        for (Charset charset : List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16)) {
            String xml = "<?xml version='1.0' encoding='" + charset + "'?>" + type.formatted(here()) + root;
            assertThat(CoverageReader.read(new ByteArrayInputStream(xml.getBytes(charset)), "auto")
                            .line())
                    .isEqualTo(new Coverage.Count(2, 2));
        }
        assertThat(asked.get()).isZero();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "<!DOCTYPE coverage [<!ENTITY a 'b'>]>",
                "<!DOCTYPE coverage SYSTEM '%s' [<!ENTITY a 'b'>]>",
                "<!DOCTYPE coverage SYSTEM \"%s?it's\" [<!ENTITY a 'b'>]>",
                "<!DOCTYPE coverage [<!ENTITY a \"it's\">]>",
                "<!DOCTYPE coverage [\n<!ENTITY a 'b'>\n] >",
                "<!DOCTYPE coverage [<!ATTLIST coverage line-rate CDATA '1'>]>",
                "<!DOCTYPE coverage [<!ELEMENT coverage ANY>]>"
            })
    void declarationsAreRefusedByName(String type) {
        String xml = type.formatted(here()) + "<coverage line-rate='1' lines-valid='2' lines-covered='2'/>";
        assertThatThrownBy(() ->
                        CoverageReader.read(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)), "auto"))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("a document type with declarations of its own (<!DOCTYPE ... [...]>) is refused");
        assertThat(asked.get()).isZero();
    }

    @Test
    void billionLaughsAreRefused() {
        StringBuilder entities = new StringBuilder("<!ENTITY a0 'ha'>");
        for (int i = 1; i < 30; i++) {
            entities.append("<!ENTITY a")
                    .append(i)
                    .append(" '")
                    .append(("&a" + (i - 1) + ";").repeat(10))
                    .append("'>");
        }
        refuses("<!DOCTYPE %s [" + entities + "]>", "<testcase name='&a29;'/>");
    }

    @Test
    void quadraticBlowupIsRefused() {
        refuses("<!DOCTYPE %s [<!ENTITY a '" + "a".repeat(100_000) + "'>]>", "&a;".repeat(10_000));
    }

    @Test
    void undeclaredEntitiesAreRefused() {
        refuses("", "&x;");
    }

    @Test
    void xincludeIsNotFollowed() throws IOException {
        for (Reader reader : READERS) {
            String xml =
                    "<" + reader.root() + " line-rate='1' xmlns:xi='http://www.w3.org/2001/XInclude'><xi:include href='"
                            + here() + "'/></" + reader.root() + ">";
            reader.reading().read(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
        }

        assertThat(asked.get()).isZero();
    }

    @Test
    void deepNestingIsRefused() {
        refuses("", "<a>".repeat(100_000));
        refuses("", "<a>".repeat(300) + "</a>".repeat(300));
    }

    @Test
    void brokenEncodingIsRefused() {
        for (byte[] bytes : List.of(
                "<testsuite name='\u00ff'/>".getBytes(StandardCharsets.ISO_8859_1),
                "<?xml version='1.0' encoding='no-such'?><testsuite/>".getBytes(StandardCharsets.UTF_8),
                new byte[] {(byte) 0xfe, (byte) 0xff, 0},
                new byte[] {0})) {
            assertThatThrownBy(() -> READERS.get(0).reading().read(new ByteArrayInputStream(bytes)))
                    .isInstanceOf(FormatException.class);
        }
    }
}
