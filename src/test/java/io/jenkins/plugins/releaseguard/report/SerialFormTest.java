// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.EventJson;
import io.jenkins.plugins.releaseguard.journal.JournalReader;
import io.jenkins.plugins.releaseguard.journal.Stamped;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * A release as version 1 wrote it: what is in it must stay readable, intact, and mean the same. Once version 1 is released the folder is
 * never written again (until then {@link ReportGallery} writes it), and a report made differently needs a new {@link Report#FORMAT}.
 */
class SerialFormTest {
    private static final Set<String> SINCE_THEN = Set.of("look-late");

    @Test
    void theSealedFolderOfVersion1IsIntact() throws IOException, URISyntaxException {
        Verification verification = Verification.verify(folder());
        assertThat(verification.intact()).as(verification.message()).isTrue();
    }

    @Test
    void everyKindOfEventOfVersion1IsStillUnderstood() throws IOException, URISyntaxException {
        List<Stamped> events =
                JournalReader.read(folder().resolve(ReportFiles.JOURNAL)).events();
        assertThat(events).noneMatch(stamped -> stamped.event() instanceof Event.Unknown);
        Set<Class<?>> seen =
                events.stream().map(stamped -> stamped.event().getClass()).collect(Collectors.toSet());
        Set<Class<?>> named = Arrays.stream(
                        Event.class.getAnnotation(JsonSubTypes.class).value())
                .filter(type -> !SINCE_THEN.contains(type.name()))
                .map(JsonSubTypes.Type::value)
                .collect(Collectors.toSet());
        assertThat(seen).isEqualTo(named);
    }

    @Test
    void writtenAgainEveryEventOfVersion1IsTheSame() throws IOException, URISyntaxException {
        ObjectMapper json = EventJson.mapper();
        Path file = folder().resolve(ReportFiles.JOURNAL);
        List<String> lines = Files.readAllLines(file);
        for (Stamped stamped : JournalReader.read(file).events()) {
            ObjectNode was = (ObjectNode) json.readTree(lines.get((int) stamped.seq() - 1));
            was.remove(List.of("seq", "at", "wall", "prev"));
            if (stamped.event() instanceof Event.Armed) {
                was.put("observe", false); // came later
            }
            String now = json.writerFor(Event.class).writeValueAsString(stamped.event());
            assertThat(json.readTree(now)).isEqualTo(was);
        }
    }

    @Test
    void theReportOfVersion1IsReadBack() throws IOException, URISyntaxException {
        ReportJson.Sealed sealed = ReportJson.read(Files.readString(folder().resolve(ReportFiles.JSON)));
        assertThat(sealed.report().format()).isEqualTo(1);
        assertThat(sealed.report().verdict()).isEqualTo("rolled-back");
        assertThat(sealed.report().rollback().totalSeconds()).isEqualTo(8.47);
        assertThat(sealed.seal().holds()).isTrue();
    }

    private static Path folder() throws URISyntaxException {
        return Path.of(SerialFormTest.class.getResource("version-1").toURI());
    }
}
