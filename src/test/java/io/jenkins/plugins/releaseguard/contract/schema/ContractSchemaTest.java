// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.jenkins.plugins.releaseguard.catalog.Catalog;
import io.jenkins.plugins.releaseguard.contract.ContractException;
import io.jenkins.plugins.releaseguard.contract.read.Variables;
import io.jenkins.plugins.releaseguard.testing.ContractMistakesFixture;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/** The published schema is what the reader reads: neither takes a key or a word that the other doesn't. */
class ContractSchemaTest {
    private static final Path PUBLISHED = Path.of("docs/release-guard-v1.schema.json");
    private static final JsonSchema SCHEMA = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7)
            .getSchema(ContractSchema.json(Catalog.STANDARD.specs()));

    /**
     * After a change of the language: {@code mvn -f pom-engine.xml test -Dtest=ContractSchemaTest -Ddocs.write=true}.
     */
    @Test
    void isPublished() throws IOException {
        if (Boolean.getBoolean("docs.write")) {
            Files.writeString(PUBLISHED, ContractSchema.json(Catalog.STANDARD.specs()));
        }
        assertThat(Files.readString(PUBLISHED)).isEqualTo(ContractSchema.json(Catalog.STANDARD.specs()));
    }

    @Test
    void isItselfAValidSchema() throws IOException {
        JsonSchema meta = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7)
                .getSchema(URI.create("http://json-schema.org/draft-07/schema#"));

        assertThat(meta.validate(new ObjectMapper().readTree(ContractSchema.json(Catalog.STANDARD.specs()))))
                .isEmpty();
    }

    @Test
    void theSampleFits() throws IOException {
        assertThat(validate(Files.readString(Path.of("release.yaml")))).isEmpty();
    }

    /** What the reader refuses for its keys, missing fields or words, the schema refuses too. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("structural")
    void refusesWhatTheReaderRefuses(String mistake, String contract) {
        assertThat(validate(contract)).isNotEmpty();
    }

    static Stream<Arguments> structural() {
        return ContractMistakesFixture.mistakes()
                .filter(a -> a.get()[2].toString().matches(".*\\[RG-(UNKNOWN-KEY|REQUIRED)].*")
                        || a.get()[2]
                                .toString()
                                .matches(".*(can't be|must be|is yes or no|needs a unit|is a"
                                        + " date).*\\[RG-(TYPE|DURATION|VERSION)].*"))
                .map(a -> Arguments.of(a.get()[0], a.get()[1]));
    }

    /**
     * One field after another with an unknown key or a wrong word beside it; the reader and the schema agree on each.
     */
    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("fields")
    void agreesOnEveryField(String place, String value, String contract) {
        boolean readable;
        try {
            Catalog.STANDARD.reader().parse(contract, "release.yaml", Variables.none());
            readable = true;
        } catch (ContractException e) {
            readable = false;
        }

        assertThat(validate(contract).isEmpty()).as(contract).isEqualTo(readable);
    }

    static Stream<Arguments> fields() {
        return Stream.of(
                        places(
                                "release",
                                ContractShapes.RELEASE,
                                "release: {service: s, version: '1', %s}",
                                Set.of("service", "version")),
                        places("risk", ContractShapes.RISK, "risks: [{id: RISK-1, %s}]", Set.of("id")),
                        places(
                                "rollout",
                                ContractShapes.ROLLOUT,
                                "rollout: {%s}",
                                Set.of("phases", "maxBake", "interval", "alpha")),
                        places("flag", ContractShapes.FLAG, "flags: [{id: f, %s}]", Set.of("id")),
                        places("incident", ContractShapes.INCIDENT, "playbook: [{id: RUN-1, %s}]", Set.of("id")),
                        places(
                                "message",
                                ContractShapes.MESSAGE,
                                "communication: [{stage: Deploy, to: [x], %s}]",
                                Set.of("stage", "to")),
                        EntryShapes.all().entrySet().stream()
                                .flatMap(e -> places(
                                        e.getKey(),
                                        e.getValue(),
                                        "entries: [{id: DEP-1, type: " + e.getKey()
                                                + (e.getKey().equals("Environment") ? ", name: n" : "") + ", %s}]",
                                        Set.of("id", "type", "name"))),
                        Catalog.STANDARD.specs().checks().values().stream().flatMap(ContractSchemaTest::kind),
                        Catalog.STANDARD.specs().actions().values().stream()
                                .flatMap(k -> places(
                                        "action " + k.name(),
                                        k.shape(),
                                        "entries: [{id: DEP-1, type: Rollback, procedure: [{" + k.name() + ": {"
                                                + required(k) + "%s}}]}]",
                                        names(k))))
                .flatMap(s -> s);
    }

    private static Stream<Arguments> kind(SpecKind k) {
        return places(
                "check " + k.name(),
                k.shape(),
                "entries: [{id: DEP-1, type: Criteria, verify: {" + k.name() + ": {" + required(k) + "%s}}}]",
                names(k));
    }

    private static Set<String> names(SpecKind kind) {
        return kind.shape().fields().stream()
                .filter(Field::required)
                .map(Field::name)
                .collect(Collectors.toSet());
    }

    private static String required(SpecKind kind) {
        StringBuilder out = new StringBuilder();
        kind.shape().fields().stream()
                .filter(Field::required)
                .forEach(f -> out.append(f.name()).append(": ").append(good(f)).append(", "));
        return out.toString();
    }

    private static Stream<Arguments> places(String name, Shape shape, String template, Set<String> taken) {
        Stream<String> pairs = shape.fields().stream()
                .filter(f -> !taken.contains(f.name()))
                .flatMap(f -> Stream.of(f.name() + ": " + good(f), f.name() + ": " + bad(f), f.name() + "x: 1"));
        return pairs.map(p -> Arguments.of(name, p, contract(name, template.replace("%s", p))));
    }

    private static String contract(String name, String part) {
        return "apiVersion: release-guard/v1\n"
                + (name.equals("release") ? "" : "release: {service: s, version: '1'}\n") + part + "\n";
    }

    private static String good(Field f) {
        return switch (f.type()) {
            case TEXT -> "word";
            case NUMBER -> "5";
            case BOOLEAN -> "no";
            case DURATION -> "2h";
            case PERCENT -> "99.5%";
            case THRESHOLD, MEASURE, CONDITION -> "'> 1%'";
            case DATE -> "2026-11-01";
            case AMOUNT -> "5%";
            case CHOICE -> "'" + f.choices().get(f.choices().size() - 1) + "'";
            case LIST, LINES -> "[a, b]";
            case IDS -> "[TEST-1, 'API-001 to API-003']";
            case MAP -> "{a: 1, b: x}";
            case LISTS -> "{a: [x, y], b: z}";
            case OBJECT -> f.name().equals("waived") ? "{by: a, reason: b, until: 2026-12-01}" : "{}";
            case OBJECTS -> "[]";
            case CHECK -> "{http: 'https://example.com/'}";
            case CHECKS -> "{tests: , command: ./check}";
            case ACTIONS -> "[{traffic: 0}, {notify: [a]}]";
            default -> throw new IllegalArgumentException(f.toString());
        };
    }

    private static String bad(Field f) {
        return switch (f.type()) {
            case TEXT, LIST, LINES, IDS, NUMBER, AMOUNT -> "{a: b}";
            case BOOLEAN -> "maybe";
            case DURATION -> "7";
            case PERCENT -> "'0.5'";
            case THRESHOLD, MEASURE, CONDITION -> "'95%'";
            case DATE -> "tomorrow";
            case CHOICE -> "nothing";
            case CHECKS, CHECK -> "{nothing: {}}";
            case ACTIONS -> "[{nothing: {}}]";
            case OBJECT -> "{nothing: 1}";
            default -> "word";
        };
    }

    private static Set<ValidationMessage> validate(String yaml) {
        JsonNode json;
        try {
            json = new ObjectMapper().valueToTree(yaml().load(yaml));
        } catch (YAMLException e) {
            return Set.of(ValidationMessage.builder().message(e.getMessage()).build());
        }
        return SCHEMA.validate(json);
    }

    /** As editors read it: a date is a text. */
    private static Yaml yaml() {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        DumperOptions dumper = new DumperOptions();
        return new Yaml(new SafeConstructor(options), new Representer(dumper), dumper, options, new Resolver() {
            @Override
            public void addImplicitResolver(Tag tag, Pattern regexp, String first, int limit) {
                if (tag != Tag.TIMESTAMP) {
                    super.addImplicitResolver(tag, regexp, first, limit);
                }
            }
        });
    }
}
