// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.read.sbom;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.releaseguard.evidence.read.FormatException;
import io.jenkins.plugins.releaseguard.evidence.read.KeptJson;
import io.jenkins.plugins.releaseguard.text.Lines;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;

/**
 * Bills of materials in JSON, read as a stream: CycloneDX 1.2 to 1.6 (ECMA-424: {@code metadata}, {@code components} with those
 * inside them, {@code licenses}, {@code hashes}) and SPDX 2.2 and 2.3 (clauses 6 creation information, 7 packages, 11
 * relationships {@code DESCRIBES}) and 3.0 (JSON-LD, {@link Spdx3Parts}).
 */
public final class SbomReader {
    private static final ObjectMapper MAPPER = new ObjectMapper(JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(200)
                    .maxStringLength(8 << 20)
                    .build())
            .build());

    /** Values of one part: a component may hold all others inside it. */
    private static final long MOST = 2_000_000;

    private static final Set<String> KNOWN = Set.of(
            "component",
            "components",
            "timestamp",
            "type",
            "name",
            "version",
            "scope",
            "purl",
            "hashes",
            "alg",
            "content",
            "properties",
            "value",
            "licenses",
            "license",
            "expression",
            "acknowledgement",
            "id",
            "SPDXID",
            "versionInfo",
            "created",
            "checksums",
            "algorithm",
            "checksumValue",
            "licenseConcluded",
            "licenseDeclared",
            "spdxElementId",
            "relatedSpdxElement",
            "relationshipType");

    private final KeptJson kept = new KeptJson(KNOWN::contains, name -> false, MOST);
    /** Elements of SPDX 3.0, whose names have prefixes. */
    private final KeptJson all = new KeptJson(name -> true, name -> false, MOST / 20);

    private final JsonParser parser;
    private final CycloneDxParts cyclone = new CycloneDxParts();
    private final SpdxParts spdx = new SpdxParts();
    private final Spdx3Parts graphed = new Spdx3Parts();
    private String cycloneFormat = "";
    private String specVersion = "";
    private String spdxVersion = "";
    private boolean graph;

    private SbomReader(JsonParser parser) {
        this.parser = parser;
    }

    /** Reads one. */
    public static Sbom read(InputStream in) throws IOException {
        try (JsonParser parser = MAPPER.createParser(in)) {
            return new SbomReader(parser).document();
        } catch (JsonProcessingException e) {
            throw new FormatException(
                    "no SBOM in JSON: " + e.getOriginalMessage().replaceFirst(" \\(start marker at .*", ""),
                    e.getLocation() == null ? 0 : e.getLocation().getLineNr(),
                    e.getLocation() == null ? 0 : e.getLocation().getColumnNr());
        }
    }

    private Sbom document() throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new FormatException("no SBOM in JSON: it is no object");
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            JsonToken value = parser.nextToken();
            switch (field) {
                case "bomFormat" -> cycloneFormat = text();
                case "specVersion" -> specVersion = text();
                case "spdxVersion" -> spdxVersion = text();
                case "metadata" -> cyclone.metadata(node());
                case "components" -> each(value, cyclone::component);
                case "creationInfo" -> spdx.creation(node());
                case "name" -> spdx.name(text());
                case "documentDescribes" -> spdx.describes(node());
                case "packages" -> each(value, spdx::pack);
                case "relationships" -> each(value, spdx::relationship);
                case "@graph" -> {
                    graph = true;
                    each(value, graphed::element);
                }
                default -> parser.skipChildren();
            }
        }
        if (parser.nextToken() != null) {
            throw new FormatException("more than one SBOM in the file");
        }
        return sbom();
    }

    private Sbom sbom() throws FormatException {
        if (cycloneFormat.equals("CycloneDX")) {
            if (!specVersion.matches("1\\.[0-9]{1,3}")) {
                throw new FormatException("CycloneDX " + Lines.bounded(specVersion, 40) + " is not read, 1.x is");
            }
            return cyclone.sbom();
        }
        if (spdxVersion.startsWith("SPDX-2.")) {
            return spdx.sbom();
        }
        if (graph && spdxVersion.isEmpty() && cycloneFormat.isEmpty()) {
            return graphed.sbom();
        }
        if (!spdxVersion.isEmpty()) {
            throw new FormatException("SPDX '" + Lines.bounded(spdxVersion, 40)
                    + "' is not read; write SPDX 2.3, 3.0 or CycloneDX, as JSON");
        }
        throw new FormatException("no SBOM: neither CycloneDX nor SPDX, as JSON");
    }

    /** A scalar as text; empty for anything else, which is passed over whole. */
    private String text() throws IOException {
        String text = parser.getValueAsString("");
        parser.skipChildren();
        return text;
    }

    private JsonNode node() throws IOException {
        return (graph ? all : kept).read(parser);
    }

    /** What takes one of a list. */
    private interface Taking {
        void take(JsonNode node) throws FormatException;
    }

    private void each(JsonToken value, Taking to) throws IOException {
        if (value == JsonToken.VALUE_NULL) {
            return;
        }
        if (value != JsonToken.START_ARRAY) {
            throw new FormatException("no SBOM: " + parser.currentName() + " is no list");
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            to.take(node());
        }
    }
}
