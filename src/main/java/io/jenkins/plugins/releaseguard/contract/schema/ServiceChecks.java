// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.schema;

import static io.jenkins.plugins.releaseguard.contract.schema.CheckCatalog.kind;
import static io.jenkins.plugins.releaseguard.contract.schema.CheckCatalog.limit;
import static io.jenkins.plugins.releaseguard.contract.schema.Field.choice;
import static io.jenkins.plugins.releaseguard.contract.schema.Field.list;
import static io.jenkins.plugins.releaseguard.contract.schema.Field.text;
import static io.jenkins.plugins.releaseguard.contract.schema.FieldType.BOOLEAN;
import static io.jenkins.plugins.releaseguard.contract.schema.FieldType.DURATION;
import static io.jenkins.plugins.releaseguard.contract.schema.FieldType.IDS;
import static io.jenkins.plugins.releaseguard.contract.schema.FieldType.LISTS;
import static io.jenkins.plugins.releaseguard.contract.schema.FieldType.MAP;
import static io.jenkins.plugins.releaseguard.contract.schema.FieldType.NUMBER;

import java.util.List;

/** Checks of the world that a release goes out to: data, room, people, budgets, metrics, documents. */
final class ServiceChecks {
    private static final List<String> EXCEPTIONS = List.of("security", "P0");

    private ServiceChecks() {}

    static List<SpecKind> kinds() {
        return List.of(
                kind(
                        "backup",
                        "A backup is young enough to go back to.",
                        "file",
                        text("file", "a file that holds the backup's time, or is the backup (its time counts)"),
                        text("url", "or an address that answers with the time"),
                        text("endpoint", "or the id of an endpoint set up in Jenkins"),
                        text("run", "or a command that prints the time"),
                        text("field", "JSON pointer to the time, ISO 8601 or seconds since 1970"),
                        limit("age", "the backup's age").standard("<= 24h"),
                        limit("size", "the backup's size, such as \"> 1 GiB\"; only of a file")),
                kind(
                        "capacity",
                        "There is room for what the release needs.",
                        "metric",
                        text("metric", "id of a metric of the contract"),
                        text("query", "or a query of its own"),
                        text("source", "id of the metric source; else the metric's"),
                        text("run", "or a command that prints the number"),
                        limit("limit", "what must hold").must()),
                kind(
                        "dependencies",
                        "What the service needs is there.",
                        "urls",
                        list("urls", "addresses that must answer"),
                        list("endpoints", "or ids of endpoints set up in Jenkins"),
                        Field.of("status", NUMBER, "the status they must answer with")
                                .standard("200"),
                        Field.of(
                                "services",
                                MAP,
                                "services and the lowest version that must be promoted, by their ledgers"),
                        text("environment", "the environment that the services' versions are looked up in"),
                        text("run", "or a command: exit 0 is pass, 1 is fail")),
                kind(
                        "epics",
                        "The included EPICs are complete.",
                        "",
                        Field.of("ids", IDS, "which; else release.includes"),
                        text("url", "the tracker's JSON address, {id} stands for the id"),
                        text("endpoint", "or the id of an endpoint set up in Jenkins"),
                        text("path", "added to the endpoint's address, {id} stands for the id"),
                        text("run", "or a command that prints the state of $ITEM_ID"),
                        text("field", "JSON pointer to the state").standard("/status"),
                        list("done", "states that count as complete").standard("done, closed, released")),
                kind(
                        "changes",
                        "Every commit of the release is traced to a reviewed change.",
                        "pattern",
                        text("pattern", "regular expression of a change's id in a commit's message")
                                .standard("(#|!)[0-9]+|[A-Z][A-Z0-9]+-[0-9]+"),
                        text("since", "revision that the commits are counted from; else the last good version's"),
                        text("file", "JSON list of changes: id, author, reviewers, commits"),
                        text("url", "or the address of such a list"),
                        text("endpoint", "or the id of an endpoint set up in Jenkins"),
                        Field.of("reviewed", BOOLEAN, "each by someone other than its author")
                                .standard("yes"),
                        list("exempt", "authors whose commits need no change, such as a release bot")),
                kind(
                        "qa",
                        "The QA recommendation, with its evidence complete.",
                        "file",
                        text("file", "YAML or JSON with recommendation, by, date and evidence")
                                .must(),
                        list("evidence", "documents that must be there, besides those that the file names"),
                        list("accept", "recommendations that count as yes").standard("go, conditional-go"),
                        text(
                                "owner",
                                "to whom the release goes back where evidence is missing; else the entry's owner")),
                kind(
                        "approval",
                        "People sign off, bound to the artifact's digest.",
                        "of",
                        list("of", "users or groups who may sign").must(),
                        Field.of("count", NUMBER, "how many of them").standard("1"),
                        Field.of("author", BOOLEAN, "the release's author may sign")
                                .standard("no"),
                        Field.of("expires", DURATION, "how long a signature holds")
                                .standard("1d"),
                        Field.of(
                                "deadline",
                                DURATION,
                                "how long the gate waits for signatures; else as set up in Jenkins, 8 hours there"),
                        choice(
                                        "otherwise",
                                        List.of("no-go", "conditional"),
                                        "the outcome where they are still missing then; a policy that protects the"
                                                + " environment accepts only no-go")
                                .standard("no-go")),
                kind(
                        "budget",
                        "Error budget is left.",
                        "metric",
                        text("metric", "id of a metric with an objective").must(),
                        limit("left", "what is left of the period's budget").standard("> 0%"),
                        list("exceptions", "kinds of release that may go all the same")
                                .standard(String.join(", ", EXCEPTIONS)),
                        text("exception", "the kind that this release claims, usually by a variable"),
                        text("reason", "why it claims it")),
                kind(
                        "freeze",
                        "No freeze window is open.",
                        "windows",
                        list("windows", "such as 2026-12-20..2027-01-02 or Fri 16:00..Mon 08:00; besides Jenkins' own"),
                        text("zone", "time zone of the windows").standard("UTC"),
                        list("exceptions", "kinds of release that may go all the same")
                                .standard(String.join(", ", EXCEPTIONS)),
                        text("exception", "the kind that this release claims, usually by a variable"),
                        text("reason", "why it claims it")),
                kind(
                        "metric",
                        "A number from a metric source.",
                        "metric",
                        text("metric", "id of a metric of the contract"),
                        text("query", "or a query of its own"),
                        text("source", "id of the metric source; else the metric's"),
                        limit("limit", "what must hold; may speak of the baseline")
                                .must(),
                        Field.of("window", DURATION, "the time looked at").standard("5m"),
                        choice("track", List.of("canary", "stable", "baseline", "all"), "whose numbers")
                                .standard("canary")),
                kind(
                        "http",
                        "An HTTP call answers as it should.",
                        "url",
                        text("url", "an address on the administrator's allow-list, without credentials"),
                        text(
                                "endpoint",
                                "or the id of an endpoint set up in Jenkins, which knows address and credential"),
                        text("path", "added to the endpoint's address"),
                        choice("method", List.of("GET", "HEAD", "POST", "PUT"), "the HTTP method")
                                .standard("GET"),
                        Field.of("headers", MAP, "request headers, none of them secret"),
                        text("body", "the request's body"),
                        Field.of("status", NUMBER, "the status it must answer with")
                                .standard("200"),
                        Field.of("within", DURATION, "the longest time the answer may take"),
                        text("contains", "text that the answer must hold"),
                        text("field", "JSON pointer into the answer"),
                        text("equals", "what stands there"),
                        limit("limit", "or what must hold for the number there"),
                        Field.of("repeat", NUMBER, "how many calls, all of which must pass")
                                .standard("1")),
                kind(
                        "command",
                        "A command in the workspace; values arrive as environment variables.",
                        "run",
                        text("run", "the command line: exit 0 is pass").must(),
                        text("directory", "where it runs, relative to the workspace"),
                        Field.of("env", MAP, "further environment variables"),
                        list("unknown", "exit codes that mean it could not tell; any other than 0 is a failure")
                                .standard("124, 126, 127"),
                        text("contains", "text that its output must hold"),
                        limit("limit", "what must hold for the number that it prints")),
                kind(
                        "drill",
                        "The newest rollback on record, rehearsed or in earnest, was confirmed in time.",
                        "environment",
                        text("environment", "where; else any"),
                        Field.of("within", DURATION, "its longest total; else release.rollback.objective"),
                        limit("age", "how long ago").standard("<= 30d")),
                kind(
                        "secrets",
                        "No secret is past its rotation.",
                        "environment",
                        text("environment", "whose; else all of the contract"),
                        list("ids", "only these"),
                        Field.of("soon", DURATION, "warn this long before one is due")
                                .standard("7d")),
                kind(
                        "alerts",
                        "Every alert has an owner.",
                        "file",
                        text("file", "alert rules in Prometheus' YAML; else the contract's critical metrics"),
                        list("label", "labels or annotations that name the owner")
                                .standard("owner, team"),
                        list("metrics", "metrics that each need an alert; else the critical ones")),
                kind(
                        "flags",
                        "Feature flags stand as planned.",
                        "ids",
                        list("ids", "which; else all of the contract"),
                        choice(
                                        "state",
                                        List.of("off", "on", "initial"),
                                        "how they must stand, or as the contract's initial says")
                                .standard("off"),
                        text("provider", "id of the flag service set up in Jenkins"),
                        text("file", "or a JSON file of flag states"),
                        text("url", "or an address that answers with such JSON"),
                        text("field", "JSON pointer to the flags in it")),
                kind(
                        "documents",
                        "Documents are there, and reviewed by someone other than their author.",
                        "files",
                        list("files", "paths or patterns; each must match").must(),
                        Field.of("reviewed", BOOLEAN, "someone other than the author has reviewed each")
                                .standard("yes"),
                        Field.of("reviewers", MAP, "who has reviewed which, where the documents don't say"),
                        Field.of("sections", LISTS, "headings that a document must have, by path"),
                        limit("age", "how long ago the document was last changed")),
                kind(
                        "progression",
                        "The earlier environment promoted this very digest.",
                        "from",
                        list("from", "names of the earlier environments").must(),
                        limit("age", "how long ago"),
                        list("jobs", "only reports of these jobs count; else as the policy says")));
    }
}
