// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.gate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.jenkins.plugins.releaseguard.evidence.Evidence;
import io.jenkins.plugins.releaseguard.evidence.Origin;
import io.jenkins.plugins.releaseguard.evidence.Status;
import io.jenkins.plugins.releaseguard.testing.CheckCaseFixture;
import io.jenkins.plugins.releaseguard.testing.CheckFixture;
import io.jenkins.plugins.releaseguard.testing.PublishedSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a gate gathered, as its record keeps it, is what the schema says, both ways. */
class EvidenceSchemaTest {
    /** As the plugin writes records; RecordedEvidenceTest holds the same file there. */
    private static final ObjectMapper JSON = new ObjectMapper().registerModule(new JavaTimeModule());

    private static final Path RECORDED =
            Path.of("src/test/resources/io/jenkins/plugins/releaseguard/gate/evidence.json");

    private final PublishedSchema schema = PublishedSchema.of("evidence");

    private static String kept(List<Evidence> evidence) throws JsonProcessingException {
        return JSON.writeValueAsString(
                new KeptEvidence(evidence, Map.of("DEP-002/tests", Instant.parse("2026-11-21T12:00:00.5Z"))));
    }

    @Test
    void isItselfAValidSchema() {
        schema.isASchema();
        assertThat(schema.fields("")).isEqualTo(PublishedSchema.components(KeptEvidence.class));
        assertThat(schema.fields("Evidence")).isEqualTo(PublishedSchema.components(Evidence.class));
        assertThat(schema.words("Evidence", "status"))
                .isEqualTo(Arrays.stream(Status.values()).map(Enum::name).toList());
        assertThat(schema.words("Evidence", "origin"))
                .isEqualTo(Arrays.stream(Origin.values()).map(Enum::name).toList());
    }

    /** Each kind of check, in each of its states. */
    @Test
    void whateverChecksSayFits() throws IOException {
        List<Evidence> all = Stream.concat(
                        CheckCaseFixture.all().stream().map(c -> CheckFixture.at(c.check(), c.context())),
                        Stream.of(Evidence.unknown(
                                "DEP-009", "", true, "nothing looks", "add verify:", Origin.PERSON, Instant.EPOCH)))
                .toList();

        schema.fits(kept(all));
        schema.fits(kept(List.of()));
        schema.allowsNothingElse();
        schema.refusesOtherFieldsIn(kept(all.subList(0, 2)));
    }

    @Test
    void whatThePluginWritesFits() throws IOException {
        String recorded = Files.readString(RECORDED);

        schema.fits(recorded);
        assertThat(JSON.writeValueAsString(JSON.readValue(recorded, KeptEvidence.class)))
                .isEqualTo(recorded.strip());
    }
}
