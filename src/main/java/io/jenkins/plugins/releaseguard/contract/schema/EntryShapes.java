// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.schema;

import static io.jenkins.plugins.releaseguard.contract.schema.Field.choice;
import static io.jenkins.plugins.releaseguard.contract.schema.Field.list;
import static io.jenkins.plugins.releaseguard.contract.schema.Field.object;
import static io.jenkins.plugins.releaseguard.contract.schema.Field.objects;
import static io.jenkins.plugins.releaseguard.contract.schema.Field.text;

import io.jenkins.plugins.releaseguard.contract.EntryType;
import io.jenkins.plugins.releaseguard.contract.Stage;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The fields of the five types of entries. */
public final class EntryShapes {
    static final List<String> CATEGORIES =
            List.of("functional", "performance", "security", "operational", "documentation");

    static final Shape WAIVER = Places.in(
            "waived",
            Shape.of(
                    "waived",
                    "Someone's word that a check of the entry may be missed until a day.",
                    text("by", "who waives it, by name").must(),
                    text("reason", "why").must(),
                    Field.of("until", FieldType.DATE, "the last day on which the waiver holds")
                            .must(),
                    text("check", "which check is waived, where the entry has several")));

    static final Shape SECRET = Places.in(
            "secret",
            Shape.of(
                    "secret",
                    "A secret by its credentials id, never its value.",
                    text("id", "the credentials id").must(),
                    text("kind", "what it is: database, API key, certificate"),
                    text("store", "where it is kept"),
                    Field.of("rotate", FieldType.DURATION, "how often it is renewed"),
                    Field.of("rotated", FieldType.DATE, "when it was renewed last"),
                    text("procedure", "the runbook of its renewal (RUN-)"),
                    text("emergency", "the runbook for when it leaked (RUN-)"),
                    text("owner", "who renews it")));

    public static final Shape HEAD = Places.in(
            "entry",
            Shape.of(
                    "entry",
                    "What every entry has.",
                    text("id", "DEP- and a number").must(),
                    choice("type", types(), "the kind of entry").must(),
                    choice(
                            "stage",
                            stages(),
                            "when it counts; the type's usual stage where left out. Criteria count in Pre-deploy alone, Validation in"
                                    + " Post-deploy alone, Rollback from Deploy on"),
                    text("title", "a few words"),
                    text("description", "what it covers, for people"),
                    text("owner", "who answers for it"),
                    Field.of("linkedIds", FieldType.IDS, "what it rests on: EPIC-, TEST-, API- … with ranges"),
                    object("waived", WAIVER, "that it may be missed, by whom, why, until when"),
                    Field.of("details", FieldType.MAP, "anything else worth keeping, for people")));

    private static final Map<String, Shape> BY_TYPE = new LinkedHashMap<>();

    static {
        type(
                EntryType.ENVIRONMENT,
                "An environment that the release passes through.",
                text("name", "its short name, as steps and checks call it").must(),
                text("purpose", "what it is for"),
                text("url", "its address"),
                text("infrastructure", "what it runs on"),
                text("code", "where its infrastructure as code is kept"),
                text("data", "what data it holds"),
                text("refresh", "how often that data is renewed"),
                Field.of("configuration", FieldType.MAP, "configuration keys and values, no secrets"),
                objects("secrets", SECRET, "the secrets it uses, by id"),
                Field.of("access", FieldType.LISTS, "who may deploy, read, administer"),
                Field.of("protected", FieldType.BOOLEAN, "whether only approved releases may enter")
                        .standard("no"));
        type(
                EntryType.CRITERIA,
                "What must hold before the release starts.",
                text("requirement", "the criterion, in words"),
                text("verification", "how it is checked, in words"),
                Field.of("verify", FieldType.CHECKS, "how it is checked; without it the answer is unknown"),
                Field.of("blocker", FieldType.BOOLEAN, "must-have (yes) or should-have (no)")
                        .standard("yes"),
                choice("category", CATEGORIES, "what it is about"),
                Field.of("maxAge", FieldType.DURATION, "evidence older than this is stale"));
        type(
                EntryType.ROLLBACK,
                "A condition that brings the last good version back.",
                text("trigger", "the condition, in words"),
                text("metric", "the metric that is watched"),
                Field.of("check", FieldType.CHECK, "or a check that is repeated; it breaks the release when it fails"),
                text("person", "or who decides on people's reports"),
                Field.of("threshold", FieldType.CONDITION, "the limit and how long it must be passed"),
                Field.of(
                        "warn",
                        FieldType.CONDITION,
                        "a softer limit: while it is passed the release holds, and people are told; it never rolls back"),
                Field.of("procedure", FieldType.ACTIONS, "what is done, in order; traffic first"),
                Field.of("steps", FieldType.LINES, "what people do, in words and order"),
                text("database", "what becomes of the database"),
                text("cache", "what becomes of caches"),
                list("notification", "who is told"));
        type(
                EntryType.VALIDATION,
                "What is looked at after the deployment.",
                text("check", "what is checked, in words"),
                text("method", "Automated, Manual or both"),
                Field.of("verify", FieldType.CHECKS, "how it is checked; a must-have can't be without it"),
                text("successCriteria", "when it is good, in words"),
                text("escalation", "the Rollback entry or person for when it isn't"),
                Field.of("blocker", FieldType.BOOLEAN, "must-have (yes) or should-have (no)")
                        .standard("yes"));
        type(
                EntryType.STEP,
                "A step of the deployment.",
                text("action", "what is done, in words"),
                text("command", "the command, for people and runbooks"),
                text("expected", "what it must show"),
                Field.of("duration", FieldType.DURATION, "how long it usually takes"),
                text("onFailure", "the Rollback entry for when it fails"),
                Field.of("reverse", FieldType.LINES, "how it is undone"));
    }

    private EntryShapes() {}

    private static void type(EntryType type, String help, Field... fields) {
        BY_TYPE.put(
                type.text(),
                new Shape(
                                type.text(),
                                help,
                                HEAD.fields().stream()
                                        .map(field -> field.name().equals("stage") ? field.but(elsewhere(type)) : field)
                                        .toList())
                        .and(Places.in(type.text(), new Shape(type.text(), help, List.of(fields)))
                                .fields()));
    }

    /** The stages in which nothing looks at an entry of a type. */
    private static NotYet[] elsewhere(EntryType type) {
        return switch (type) {
            case CRITERIA ->
                elsewhere(
                        "criteria are looked at before the release starts, and never again",
                        "take it out; what must hold later is a Validation, what ends the release a Rollback entry",
                        Stage.DEPLOY,
                        Stage.POST_DEPLOY,
                        Stage.ROLLBACK);
            case VALIDATION ->
                elsewhere(
                        "validations are looked at when all users have the new version, and at no other time",
                        "take it out; what must hold before is a Criteria entry, what ends the release meanwhile a Rollback"
                                + " entry with check:",
                        Stage.PRE_DEPLOY,
                        Stage.DEPLOY,
                        Stage.ROLLBACK);
            case ROLLBACK ->
                elsewhere(
                        "nothing is rolled back before traffic moves; triggers are watched from then on to the last bake's end",
                        "take it out; what must hold before is a Criteria entry",
                        Stage.PRE_DEPLOY);
            case ENVIRONMENT ->
                elsewhere("no environment is passed through on the way back", "take it out", Stage.ROLLBACK);
            case STEP -> new NotYet[0];
        };
    }

    private static NotYet[] elsewhere(String why, String fix, Stage... stages) {
        return Arrays.stream(stages)
                .map(stage -> new NotYet(stage.text(), why, fix))
                .toArray(NotYet[]::new);
    }

    public static Optional<Shape> byType(String type) {
        return Optional.ofNullable(BY_TYPE.get(type));
    }

    static Map<String, Shape> all() {
        return BY_TYPE;
    }

    public static List<String> types() {
        return Arrays.stream(EntryType.values()).map(EntryType::text).toList();
    }

    static List<String> stages() {
        return Arrays.stream(Stage.values()).map(Stage::text).toList();
    }
}
