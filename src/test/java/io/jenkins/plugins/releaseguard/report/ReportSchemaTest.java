// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.releaseguard.journal.BreachCause;
import io.jenkins.plugins.releaseguard.journal.ContractOrigin;
import io.jenkins.plugins.releaseguard.journal.ContractSource;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.EventJson;
import io.jenkins.plugins.releaseguard.journal.EvidenceStatus;
import io.jenkins.plugins.releaseguard.journal.GateWord;
import io.jenkins.plugins.releaseguard.journal.MetricVerdict;
import io.jenkins.plugins.releaseguard.journal.ReleaseOutcome;
import io.jenkins.plugins.releaseguard.journal.Stamped;
import io.jenkins.plugins.releaseguard.journal.Word;
import io.jenkins.plugins.releaseguard.ledger.KeyedDigest;
import io.jenkins.plugins.releaseguard.testing.HostileTexts;
import io.jenkins.plugins.releaseguard.testing.PublishedSchema;
import io.jenkins.plugins.releaseguard.testing.ReportFixture;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The schema of report.json is what is written: neither has a field or a word that the other hasn't. */
class ReportSchemaTest {
    private static final ObjectMapper JSON = EventJson.mapper();
    private static final Seal SEAL = Seal.over(
            842, "a".repeat(64), "b".repeat(64), Map.of("report.html", "c".repeat(64), "report.md", "d".repeat(64)));
    private static final Seal SIGNED = new Seal(
            SEAL.sha256(),
            SEAL.lines(),
            SEAL.head(),
            SEAL.report(),
            SEAL.files(),
            new KeyedDigest("key", "e".repeat(64)));

    private final PublishedSchema schema = PublishedSchema.of("report");

    @Test
    void isItselfAValidSchema() {
        schema.isASchema();
    }

    @Test
    void everyEndOfAReleaseFits() {
        ReportGallery.releases().forEach((name, events) -> {
            Report report = Report.of(events);
            schema.fits(ReportJson.of(report, report.running() ? null : SEAL));
        });
        schema.fits(ReportJson.of(Report.of(ReportFixture.promoted()), SIGNED));
        HostileTexts.all().forEach(text -> schema.fits(ReportJson.of(Report.of(ReportFixture.hostile(text)), SEAL)));
        schema.fits(ReportJson.of(
                Report.of(with(
                        ReportFixture.promoted(),
                        event -> event instanceof Event.BakeStarted bake
                                ? new Event.BakeStarted(bake.phase(), 40.0)
                                : event instanceof Event.Looked look ? inBuckets(look) : explained(event))),
                SEAL));
        schema.fits(ReportJson.of(
                Report.of(with(
                        without(Event.Judged.class, without(Event.Armed.class, ReportFixture.running())),
                        ReportSchemaTest::uncounted)),
                null));
        for (String end : List.of("lower", "upper")) {
            schema.fits(ReportJson.of(
                    Report.of(with(
                            ReportFixture.promoted(),
                            event -> event instanceof Event.Judged ? poorer(event, end) : event)),
                    SEAL));
        }
        List<Stamped> withoutBreach = without(Event.Breached.class, ReportFixture.everything());
        List<Stamped> hostile = ReportFixture.hostile("x");
        Stream.of(ReportFixture.everything(), withoutBreach, hostile)
                .flatMap(ReportSchemaTest::withoutAField)
                .forEach(events -> schema.fits(ReportJson.of(Report.of(events), null)));
        schema.allowsNothingElse();
    }

    private static Event explained(Event event) {
        return event instanceof Event.Armed armed
                ? new Event.Armed(
                        armed.baseline(),
                        armed.observe(),
                        armed.totals(),
                        true,
                        Map.of("MON-001", List.of("total: increase over the look of events")))
                : event;
    }

    /** Neither side counts, before the release or during it. */
    private static Event uncounted(Event event) {
        return event instanceof Event.Looked look
                ? new Event.Looked(
                        look.phase(),
                        look.from(),
                        look.to(),
                        List.of(
                                new Event.Sample("e", 1.0, 100.0, null, null, null, null, null, null, null),
                                Event.Sample.none("m", "no series")),
                        null)
                : event;
    }

    private static List<Stamped> without(Class<? extends Event> type, List<Stamped> events) {
        return events.stream().filter(s -> !type.isInstance(s.event())).toList();
    }

    private static List<Stamped> with(List<Stamped> events, UnaryOperator<Event> change) {
        return events.stream()
                .map(s -> new Stamped(s.seq(), s.at(), s.wall(), change.apply(s.event())))
                .toList();
    }

    /** The last bucket has no upper end. */
    private static Event inBuckets(Event.Looked look) {
        Event.Sample sample = new Event.Sample(
                "lat",
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                List.of(0.1, 0.25),
                List.of(0.0, 1.0, 99.0),
                List.of(1.0, 98.0, 1.0),
                null);
        return new Event.Looked(look.phase(), look.from(), look.to(), List.of(sample), look.error());
    }

    /** The same journal as another version might have written it: of the first event of each kind, one field after another is missing. */
    private static Stream<List<Stamped>> withoutAField(List<Stamped> events) {
        Set<Class<?>> kinds = new HashSet<>();
        List<List<Stamped>> all = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            Event event = events.get(i).event();
            if (event instanceof Event.Unknown || !kinds.add(event.getClass())) {
                continue;
            }
            for (Event poorer : poorer(event)) {
                List<Stamped> changed = new ArrayList<>(events);
                Stamped whole = events.get(i);
                changed.set(i, new Stamped(whole.seq(), whole.at(), whole.wall(), poorer));
                all.add(changed);
            }
        }
        return all.stream();
    }

    private static List<Event> poorer(Event event) {
        try {
            ObjectNode json =
                    (ObjectNode) JSON.readTree(JSON.writerFor(Event.class).writeValueAsString(event));
            List<Event> poorer = new ArrayList<>();
            for (ObjectNode object : objects(json)) {
                for (Map.Entry<String, JsonNode> field : List.copyOf(object.properties())) {
                    if (!field.getKey().equals("type")) {
                        JsonNode removed = object.remove(field.getKey());
                        poorer.add(JSON.treeToValue(json, Event.class));
                        object.set(field.getKey(), removed);
                    }
                }
            }
            return poorer;
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Event poorer(Event event, String field) {
        try {
            JsonNode json = JSON.readTree(JSON.writerFor(Event.class).writeValueAsString(event));
            objects(json).forEach(object -> object.remove(field));
            return JSON.treeToValue(json, Event.class);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<ObjectNode> objects(JsonNode node) {
        List<ObjectNode> all = new ArrayList<>();
        if (node instanceof ObjectNode object) {
            all.add(object);
        }
        node.forEach(child -> all.addAll(objects(child)));
        return all;
    }

    /** A release may be looked at after any of its events. */
    @Test
    void whateverHasHappenedSoFarFits() {
        List<Stamped> events = ReportFixture.everything();
        for (int i = 0; i <= events.size(); i++) {
            schema.fits(ReportJson.of(Report.of(events.subList(0, i)), null));
        }
    }

    @Test
    void anotherFieldOrOneFewerDoesNot() {
        schema.refusesOtherFieldsIn(ReportJson.of(Report.of(ReportFixture.everything()), SIGNED));
        schema.refusesOtherFieldsIn(ReportJson.of(Report.of(ReportFixture.rolledBack()), SEAL));
    }

    /** Its definitions are the report's records, field by field. */
    @Test
    void hasTheFieldsOfTheRecords() {
        Map<String, Class<? extends Record>> records = new HashMap<>();
        Arrays.stream(Report.class.getDeclaredClasses())
                .filter(Class::isRecord)
                .forEach(type -> records.put(type.getSimpleName(), type.asSubclass(Record.class)));
        Stream.of(Seal.class, KeyedDigest.class, ContractOrigin.class)
                .forEach(type -> records.put(type.getSimpleName(), type));

        assertThat(schema.definitions()).containsExactlyInAnyOrderElementsOf(records.keySet());
        records.forEach(
                (name, type) -> assertThat(schema.fields(name)).as(name).isEqualTo(PublishedSchema.components(type)));
        assertThat(schema.fields(""))
                .isEqualTo(Stream.concat(PublishedSchema.components(Report.class).stream(), Stream.of("seal"))
                        .toList());
        assertThat(schema.root().at("/properties/format/const").asInt()).isEqualTo(Report.FORMAT);
    }

    @Test
    void hasTheWordsOfTheCode() {
        assertThat(schema.words("", "verdict"))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(words(ReleaseOutcome.values()).stream(), Stream.of("running"))
                                .toList());
        assertThat(schema.words("Gate", "decision")).isEqualTo(words(GateWord.values()));
        assertThat(schema.words("Phase", "verdict")).isEqualTo(words(PhaseStatus.values()));
        assertThat(schema.words("Health", "verdict")).isEqualTo(words(MetricVerdict.values()));
        assertThat(schema.words("Rollback", "cause")).isEqualTo(words(BreachCause.values()));
        assertThat(schema.words("EntryResult", "status"))
                .containsExactlyInAnyOrderElementsOf(words(EvidenceStatus.values()));
        assertThat(schema.words("CheckResult", "status")).isEqualTo(schema.words("EntryResult", "status"));
        assertThat(schema.words("ContractOrigin", "source")).isEqualTo(words(ContractSource.values()));
        assertThat(schema.words("Moment", "tone"))
                .isEqualTo(Arrays.stream(Tone.values()).map(Tone::word).toList());
    }

    private static List<String> words(Word[] values) {
        return Arrays.stream(values).map(word -> word.text()).toList();
    }
}
