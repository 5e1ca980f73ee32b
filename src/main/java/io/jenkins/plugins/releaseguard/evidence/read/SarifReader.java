// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.read;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.releaseguard.text.Lines;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Findings of analysers in SARIF 2.1.0 (OASIS, 2020), read as a stream: memory grows with the findings, not with the file ({@link
 * SarifFields}).
 *
 * <p>Kept are: 3.13 the log, with 3.13.5 external properties in the file itself (those in other files are refused, 3.15);
 * 3.14 runs; 3.18, 3.19, 3.49 tools and their rules ({@link SarifRules}); 3.20.5, 3.48.6, 3.51 configuration overrides ({@link
 * SarifOverrides}); 3.20.8, 3.20.11, 3.20.12, 3.20.14 times and success of invocations, 3.20.6, 3.20.21, 3.20.22 what they tell of errors of their own ({@link
 * SarifNotifications}); 3.27.5 to 3.27.7, 3.52, 3.54 references to rules; 3.27.9,
 * 3.27.10 kinds and levels; 3.27.16, 3.27.17 fingerprints ({@link SarifPrint}); 3.27.23, 3.35 suppressions; 3.27.24 baseline states.
 */
public final class SarifReader {
    private static final int MOST = 300_000;
    private static final ObjectMapper MAPPER = new ObjectMapper(JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(200)
                    .maxStringLength(8 << 20)
                    .build())
            .build());

    private final List<SarifPart> runs = new ArrayList<>();
    private final List<SarifPart> inline = new ArrayList<>();
    private final KeptJson kept = SarifFields.tool();
    private final KeptJson result = SarifFields.result();
    private final JsonParser parser;
    private String version = "";
    private int results;

    private SarifReader(JsonParser parser) {
        this.parser = parser;
    }

    /** The runs of a file. */
    public static List<SarifRun> read(InputStream in) throws IOException {
        try (JsonParser parser = MAPPER.createParser(in)) {
            return new SarifReader(parser).log();
        } catch (JsonProcessingException e) {
            throw new FormatException(
                    "not SARIF: " + e.getOriginalMessage().replaceFirst(" \\(start marker at .*", ""),
                    e.getLocation() == null ? 0 : e.getLocation().getLineNr(),
                    e.getLocation() == null ? 0 : e.getLocation().getColumnNr());
        }
    }

    private List<SarifRun> log() throws IOException {
        expect(parser.nextToken(), JsonToken.START_OBJECT, "the log");
        boolean seen = false;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            JsonToken value = parser.nextToken();
            if (field.equals("version")) {
                version = parser.getValueAsString("");
                checkVersion();
            } else if (field.equals("runs")) {
                seen = true;
                parts(value, "runs", runs);
            } else if (field.equals("inlineExternalProperties")) {
                parts(value, "inlineExternalProperties", inline);
            } else {
                parser.skipChildren();
            }
        }
        checkVersion();
        if (!seen) {
            throw new FormatException("not SARIF: no runs");
        }
        if (parser.nextToken() != null) {
            throw new FormatException("more than one log in the file");
        }
        return united();
    }

    private List<SarifRun> united() throws FormatException {
        SarifPart.unite(runs, inline);
        List<SarifRun> all = new ArrayList<>(runs.size());
        for (SarifPart run : runs) {
            if (!run.tool.path("driver").path("name").isTextual()) {
                throw new FormatException("not SARIF: a run names no tool");
            }
            all.add(SarifRun.of(run));
        }
        return List.copyOf(all);
    }

    private void parts(JsonToken value, String what, List<SarifPart> parts) throws IOException {
        expect(value, JsonToken.START_ARRAY, what);
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            expect(parser.currentToken(), JsonToken.START_OBJECT, "one of " + what);
            parts.add(part());
        }
    }

    private void checkVersion() throws FormatException {
        if (!version.equals("2.1.0")) {
            throw new FormatException("not SARIF 2.1.0: version is '" + shorten(version) + "'");
        }
    }

    private SarifPart part() throws IOException {
        SarifPart part = new SarifPart();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            JsonToken value = parser.nextToken();
            switch (field) {
                case "tool" -> {
                    if (kept.read(parser) instanceof ObjectNode tool) {
                        part.tool.setAll(tool);
                    }
                }
                case "driver", "extensions" -> part.tool.set(field, kept.read(parser));
                case "invocations" -> kept.read(parser).forEach(part.invocations::add);
                case "taxonomies" -> kept.read(parser).forEach(part.taxonomies::add);
                case "artifacts" -> artifacts(value, part);
                case "results" -> part.results = value == JsonToken.VALUE_NULL ? null : results(value);
                case "automationDetails" ->
                    part.guid = kept.read(parser).path("guid").asText("");
                case "guid" -> part.guid = text();
                case "runGuid" -> part.runGuid = text();
                case "externalPropertyFileReferences" -> part.references = kept.read(parser);
                default -> parser.skipChildren();
            }
        }
        return part;
    }

    /** A scalar as text; empty for anything else, which is passed over whole. */
    private String text() throws IOException {
        String text = parser.getValueAsString("");
        parser.skipChildren();
        return text;
    }

    /** 3.24: a location may name its file by the index of these. */
    private void artifacts(JsonToken value, SarifPart part) throws IOException {
        if (value != JsonToken.START_ARRAY) {
            parser.skipChildren();
            return;
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            JsonNode artifact = result.read(parser);
            part.addresses.add(artifact.path("location").path("uri").asText(""));
        }
    }

    private List<SarifResult> results(JsonToken value) throws IOException {
        expect(value, JsonToken.START_ARRAY, "results");
        List<SarifResult> found = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            expect(parser.currentToken(), JsonToken.START_OBJECT, "a result");
            if (++results > MOST) {
                throw new FormatException("more than " + MOST + " results");
            }
            found.add(SarifResult.read(parser, result));
        }
        return found;
    }

    private void expect(JsonToken token, JsonToken wanted, String what) throws FormatException {
        if (token != wanted) {
            throw new FormatException(
                    "not SARIF: " + what + " is not what it should be",
                    parser.currentLocation().getLineNr(),
                    parser.currentLocation().getColumnNr());
        }
    }

    private static String shorten(String text) {
        return Lines.bounded(text, 40);
    }
}
