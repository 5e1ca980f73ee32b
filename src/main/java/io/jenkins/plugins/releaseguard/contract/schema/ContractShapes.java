// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.schema;

import static io.jenkins.plugins.releaseguard.contract.schema.Field.choice;
import static io.jenkins.plugins.releaseguard.contract.schema.Field.list;
import static io.jenkins.plugins.releaseguard.contract.schema.Field.object;
import static io.jenkins.plugins.releaseguard.contract.schema.Field.objects;
import static io.jenkins.plugins.releaseguard.contract.schema.Field.text;

import io.jenkins.plugins.releaseguard.contract.RolloutSpec;
import java.util.List;
import java.util.Locale;

/** The fields of the contract around its entries. */
public final class ContractShapes {
    public static final String VERSION = "release-guard/v1";
    private static final List<String> LEVELS = List.of("low", "medium", "high");

    static final Shape ARTIFACT = Places.in(
            "artifact",
            Shape.of(
                    "artifact",
                    "A file that is released.",
                    text("file", "its path, relative to the workspace").must(),
                    text("sha256", "its SHA-256, 64 hexadecimal digits").must()));

    static final Shape CHANGE = Places.in(
            "change",
            Shape.of(
                    "change",
                    "How far the release reaches, for the choice of strategy.",
                    Field.of("users", FieldType.PERCENT, "share of the users it can touch"),
                    choice("criticality", LEVELS, "how much depends on the service"),
                    Field.of("reversible", FieldType.BOOLEAN, "whether it can be undone without loss"),
                    Field.of("migration", FieldType.BOOLEAN, "whether it changes stored data"),
                    text("compensation", "what makes good for what can't be undone")));

    static final Shape RELEASE = Places.in(
            "release",
            Shape.of(
                    "release",
                    "What is released.",
                    text("service", "the service's name").must(),
                    text("version", "the new version").must(),
                    text("commit", "the revision it was built from"),
                    objects("artifacts", ARTIFACT, "the files, by digest"),
                    text("scope", "what is new, in words"),
                    Field.of("includes", FieldType.IDS, "the EPICs, APIs and features it holds"),
                    text("owner", "who answers for the release"),
                    text("author", "who made the change; may not approve it alone"),
                    object(
                            "rollback",
                            Shape.of(
                                    "rollback",
                                    "What the way back must hold.",
                                    Field.of(
                                                    "objective",
                                                    FieldType.DURATION,
                                                    "the longest time from breach to confirmed")
                                            .standard("60s")),
                            "what the way back must hold"),
                    object("change", CHANGE, "how far the release reaches")));

    static final Shape RISK = Places.in(
            "risk",
            Shape.of(
                    "risk",
                    "A known risk.",
                    text("id", "RISK- and a number").must(),
                    text("title", "the risk, in words"),
                    choice("likelihood", LEVELS, "how likely"),
                    choice("impact", LEVELS, "how bad"),
                    choice("status", List.of("open", "mitigated", "accepted", "closed"), "what became of it")
                            .standard("open"),
                    text("mitigation", "what is done about it"),
                    text("owner", "who watches it"),
                    text("acceptedBy", "who bears it, by name")));

    static final Shape METRIC = Places.in(
            "metric",
            Shape.of(
                    "metric",
                    "A number that is watched.",
                    text("id", "MON- and a number").must(),
                    text("name", "what it is, in a few words"),
                    choice("kind", List.of("rate", "latency", "gauge", "count"), "what the numbers are")
                            .must(),
                    text("unit", "their unit: ms, s, requests; a rate has none"),
                    text("source", "id of a metric source set up in Jenkins").must(),
                    choice("worse", List.of("higher", "lower", "either"), "which direction is harm")
                            .standard("higher"),
                    Field.of("critical", FieldType.BOOLEAN, "whether it alone stops a release")
                            .standard("no"),
                    Field.of("muted", FieldType.BOOLEAN, "watched and recorded, but not judged")
                            .standard("no"),
                    text("group", "the group it is scored in"),
                    Field.of("weight", FieldType.NUMBER, "its weight in the group")
                            .standard("1"),
                    Field.of(
                            "allow",
                            FieldType.AMOUNT,
                            "how much worse is still fine: 10%, or an amount in the unit; a latency that says nothing has 10%"),
                    text("errors", "rate: the query that counts failures; $track and $window are filled in"),
                    text("total", "rate: the query that counts all"),
                    text("histogram", "latency: the series of cumulative buckets"),
                    choice(
                            "bucketUnit",
                            List.of("ns", "us", "ms", "s", "min", "h"),
                            "latency: the unit of the histogram's bounds, where its name doesn't say it or says it wrongly"),
                    Field.of("limit", FieldType.AMOUNT, "latency: what is too slow, for the tail"),
                    text("values", "gauge, count, latency without buckets: the query of the values"),
                    object(
                            "objective",
                            Shape.of(
                                    "objective",
                                    "A service level objective.",
                                    Field.of("target", FieldType.PERCENT, "share that must be good")
                                            .must(),
                                    Field.of("period", FieldType.DURATION, "over which time")
                                            .standard("30d")),
                            "its service level objective")));

    /** A phase written as a weight alone. */
    public static final Field PHASE_WEIGHT = Places.in(
            "phase",
            text("weight", "internal, or percent of the traffic, 0 to 100").must());

    static final Shape PHASE = Places.in(
            "phase",
            Shape.of(
                    "phase",
                    "A step of the rollout.",
                    PHASE_WEIGHT,
                    text("name", "what it is called; else its weight"),
                    text("audience", "who gets it, for routers that can tell"),
                    Field.of(
                            "warmup",
                            FieldType.DURATION,
                            "nothing is bet on what the new version does in this time, and the bake begins after it; else the"
                                    + " rollout's"),
                    Field.of("bake", FieldType.DURATION, "at least this long; else the rollout's"),
                    Field.of("maxBake", FieldType.DURATION, "at most this long; else twice the bake time"),
                    list("approve", "who must let it go on, as user:ann or group:release-managers")));

    static final Shape ROLLOUT = Places.in(
            "rollout",
            Shape.of(
                    "rollout",
                    "How the traffic moves.",
                    choice(
                                    "strategy",
                                    List.of("canary", "blue-green", "rolling", "flag", "auto"),
                                    "how the new version comes in")
                            .but(
                                    new NotYet(
                                            "blue-green",
                                            "no router is switched over by it",
                                            "take it out: a canary with phases: [internal, 100] moves all users at once and"
                                                    + " watches them; or deploy inside autoRollback { } without canaryPromote"),
                                    new NotYet(
                                            "rolling",
                                            "nothing replaces instances one by one",
                                            "take it out and deploy inside autoRollback { } without canaryPromote, which watches"
                                                    + " and goes back"),
                                    new NotYet(
                                            "flag",
                                            "no flag service moves users phase by phase",
                                            "take it out, and the router too: then the body of canaryPromote { } moves users, and may"
                                                    + " do so by a flag, to CANARY_WEIGHT percent"),
                                    new NotYet(
                                            "auto",
                                            "nothing chooses a strategy by risk and reach",
                                            "take it out: the release is a canary"))
                            .standard("canary"),
                    Field.phases("phases", PHASE, "the steps, rising to 100"),
                    Field.of(
                            "warmup",
                            FieldType.DURATION,
                            "how long the new version warms up in each phase that shares the users before its bake begins and"
                                    + " harm is bet on; 0 for none; else 2m in the first of them, at most a fifth of its bake"),
                    Field.of("bake", FieldType.DURATION, "at least this long in each phase")
                            .standard("15m"),
                    Field.of(
                            "maxBake", FieldType.DURATION, "at most this long in each phase; else twice the bake time"),
                    choice("undecided", List.of("hold", "rollback", "proceed"), "what happens at the longest bake")
                            .standard("hold"),
                    text("router", "id of a router set up in Jenkins; else the pipeline's body moves the traffic"),
                    Field.of("interval", FieldType.DURATION, "time between looks")
                            .standard("5s"),
                    Field.of("noData", FieldType.DURATION, "how long a silent source is borne before rolling back")
                            .standard("1m"),
                    Field.of("after", FieldType.DURATION, "bake after full promotion; else the bake time"),
                    Field.of("alpha", FieldType.NUMBER, "share of healthy releases that may be stopped")
                            .standard("0.05"),
                    Field.of(
                            "blastRadius",
                            FieldType.NUMBER,
                            "extra failed requests that the whole canary may cost; promotion by budget takes 2 % of what the"
                                    + " objective lets fail in its period where it isn't set (without one that of 99.9 % in 30 days), and no less than 100"),
                    choice(
                                    "baseline",
                                    List.of("stable", "fresh"),
                                    "stable: whatever serves the rest; fresh: a deployment of the canary's size, which gets as much")
                            .standard("stable"),
                    Field.of(
                                    "sticky",
                                    FieldType.DURATION,
                                    "how long the router pins a user to a version; 0s where it doesn't")
                            .standard("0s"),
                    choice(
                                    "promote",
                                    List.of("budget", "proof"),
                                    "budget: a phase is left when what going on can cost before it would be stopped fits the"
                                            + " budget; proof: when no metric is worse by its margin")
                            .standard(RolloutSpec.USUAL_PROMOTE.name().toLowerCase(Locale.ROOT))));

    static final Shape FLAG = Places.in(
            "flag",
            Shape.of(
                    "flag",
                    "A feature flag that the release brings.",
                    text("id", "its name").must(),
                    text("initial", "how it stands at deployment: off, on, a percentage")
                            .standard("off"),
                    text("owner", "who turns it"),
                    text("remove", "when it is taken out again")));

    static final Shape INCIDENT = Places.in(
            "incident",
            Shape.of(
                    "incident",
                    "A page of the incident playbook.",
                    text("id", "RUN- and a number").must(),
                    text("title", "the incident"),
                    text("symptom", "how it is noticed"),
                    Field.of("steps", FieldType.LINES, "what to do, in order"),
                    text("escalation", "who is called when that doesn't help"),
                    text("owner", "who keeps the page true")));

    static final Shape MESSAGE = Places.in(
            "communication",
            Shape.of(
                    "communication",
                    "Who is told what at which stage.",
                    choice("stage", EntryShapes.stages(), "when").must(),
                    list("to", "who").must(),
                    text("message", "what"),
                    text("by", "by whom")));

    private static final Field ENTRIES = Field.of("entries", FieldType.ENTRIES, "the DEP- entries");

    /** What an included file may hold. */
    public static final Shape INCLUDED = Shape.of(
            "the included file",
            "What services share.",
            choice("apiVersion", List.of(VERSION), "the version of this language")
                    .must(),
            objects("risks", RISK, "known risks"),
            objects("metrics", METRIC, "what is watched"),
            ENTRIES,
            objects("flags", FLAG, "feature flags"),
            objects("playbook", INCIDENT, "the incident playbook"),
            objects("communication", MESSAGE, "who is told what"));

    public static final Shape CONTRACT = new Shape(
                    "the contract",
                    "A release contract of Release Guard.",
                    INCLUDED.fields().subList(0, 1))
            .and(List.of(
                    Places.in(
                            "contract",
                            list("include", "files of entries shared between services, relative to this one")),
                    object("release", RELEASE, "what is released").must(),
                    object("rollout", ROLLOUT, "how the traffic moves")))
            .and(INCLUDED.fields().subList(1, INCLUDED.fields().size()));

    /** What may stand above plain-text entries: the contract, with apiVersion left to the file's kind. */
    public static final Shape FRONT = new Shape(
            "the front matter",
            "What surrounds plain-text entries.",
            CONTRACT.fields().stream()
                    .map(f -> f.name().equals("apiVersion") ? choice(f.name(), f.choices(), f.help()) : f)
                    .toList());

    private ContractShapes() {}
}
