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
import io.jenkins.plugins.releaseguard.text.Lines;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** Findings of analysers in SARIF 2.1.0 (OASIS, 2020), read as a stream: memory grows with the findings, not with the file. */
public final class SarifReader {
    private static final int MOST = 1_000_000;
    private static final ObjectMapper MAPPER = new ObjectMapper(JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(200)
                    .maxStringLength(8 << 20)
                    .build())
            .build());

    private final List<SarifRun> runs = new ArrayList<>();
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
                    "not SARIF: " + e.getOriginalMessage(),
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
                expect(value, JsonToken.START_ARRAY, "runs");
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    expect(parser.currentToken(), JsonToken.START_OBJECT, "a run");
                    runs.add(run());
                }
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
        return List.copyOf(runs);
    }

    private void checkVersion() throws FormatException {
        if (!version.equals("2.1.0")) {
            throw new FormatException("not SARIF 2.1.0: version is '" + shorten(version) + "'");
        }
    }

    private SarifRun run() throws IOException {
        JsonNode tool = null;
        JsonNode invocations = null;
        List<SarifResult> found = null;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            JsonToken value = parser.nextToken();
            switch (field) {
                case "tool" -> tool = MAPPER.readTree(parser);
                case "invocations" -> invocations = MAPPER.readTree(parser);
                case "results" -> found = value == JsonToken.VALUE_NULL ? null : results(value);
                case "externalPropertyFileReferences" -> refuseExternal(MAPPER.readTree(parser));
                default -> parser.skipChildren();
            }
        }
        if (tool == null || !tool.path("driver").path("name").isTextual()) {
            throw new FormatException("not SARIF: a run names no tool");
        }
        return SarifRun.of(tool, invocations, found);
    }

    private List<SarifResult> results(JsonToken value) throws IOException {
        expect(value, JsonToken.START_ARRAY, "results");
        List<SarifResult> found = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            expect(parser.currentToken(), JsonToken.START_OBJECT, "a result");
            if (++results > MOST) {
                throw new FormatException("more than " + MOST + " results");
            }
            found.add(SarifResult.read(parser, MAPPER));
        }
        return found;
    }

    private static void refuseExternal(JsonNode references) throws FormatException {
        if (references.has("results")) {
            throw new FormatException("results in external property files are not read; write one file");
        }
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
