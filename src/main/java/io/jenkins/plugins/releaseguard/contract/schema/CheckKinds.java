// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.schema;

import static io.jenkins.plugins.releaseguard.contract.schema.Field.choice;
import static io.jenkins.plugins.releaseguard.contract.schema.Field.list;
import static io.jenkins.plugins.releaseguard.contract.schema.Field.text;

import io.jenkins.plugins.releaseguard.contract.Settings;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The kinds of checks and actions a contract may name, with their fields; read by the reader, lint, the JSON Schema
 * and the
 * reference. Fields with a standard value are always present in {@link Settings}. A kind with a main field may be
 * written
 * with that value alone; it is then found under the field's name and, always, under {@code value}.
 */
public final class CheckKinds {
    /** Every check may say how long it may take and how old its evidence may be. */
    private static final List<Field> COMMON_CHECK = List.of(
            Field.of("timeout", FieldType.DURATION, "how long gathering may take before the answer is unknown")
                    .standard("60s"),
            Field.of("maxAge", FieldType.DURATION, "evidence older than this is stale, and fails as unknown does"));

    private static final List<Field> COMMON_ACTION = List.of(
            Field.of("deadline", FieldType.DURATION, "how long this action may take inside the rollback's objective"));

    private static final Map<String, SpecKind> CHECKS = new LinkedHashMap<>();
    private static final Map<String, SpecKind> ACTIONS = new LinkedHashMap<>();

    static {
        CheckCatalog.kinds()
                .forEach(k -> CHECKS.put(k.name(), new SpecKind(k.shape().and(COMMON_CHECK), k.main())));
        action(
                "traffic",
                "Sets the new version's share of the traffic; needs no agent.",
                "weight",
                Field.of("weight", FieldType.NUMBER, "percent of the traffic, 0 to 100")
                        .must(),
                text("router", "id of a router set up in Jenkins; else the rollout's"));
        action(
                "job",
                "Starts another Jenkins job.",
                "job",
                text("job", "full name of the job").must(),
                Field.of("parameters", FieldType.MAP, "its parameters"),
                Field.of("wait", FieldType.BOOLEAN, "whether the action lasts until the job has ended")
                        .standard("yes"));
        action(
                "notify",
                "Tells people.",
                "to",
                list("to", "ids of channels set up in Jenkins").must(),
                text("message", "what to say before the facts"));
        action(
                "command",
                "Runs a command in the workspace; values arrive as environment variables.",
                "run",
                text("run", "the command line").must(),
                text("directory", "where it runs, relative to the workspace"),
                Field.of("env", FieldType.MAP, "further environment variables"));
        action(
                "http",
                "Makes an HTTP call.",
                "url",
                text("url", "an address on the administrator's allow-list, without credentials"),
                text("endpoint", "or the id of an endpoint set up in Jenkins, which knows address and credential"),
                text("path", "added to the endpoint's address"),
                choice("method", List.of("GET", "POST", "PUT", "PATCH", "DELETE"), "the HTTP method")
                        .standard("POST"),
                Field.of("headers", FieldType.MAP, "request headers, none of them secret"),
                text("body", "the request's body"),
                list("status", "status codes that count as done").standard("200, 201, 202, 204"));
        action(
                "flag",
                "Turns a feature flag.",
                "id",
                text("id", "the flag").must(),
                choice("state", List.of("off", "on"), "what it becomes").standard("off"),
                text("provider", "id of the flag service set up in Jenkins"));
    }

    private CheckKinds() {}

    private static void action(String name, String help, String main, Field... fields) {
        ACTIONS.put(name, new SpecKind(Shape.of(name, help, fields).and(COMMON_ACTION), main));
    }

    /** The kinds of checks by name, in the order of the reference. */
    public static Map<String, SpecKind> checks() {
        return Collections.unmodifiableMap(CHECKS);
    }

    /** The kinds of actions by name, in the order of the reference. */
    public static Map<String, SpecKind> actions() {
        return Collections.unmodifiableMap(ACTIONS);
    }

    public static Optional<SpecKind> check(String name) {
        return Optional.ofNullable(CHECKS.get(name));
    }

    public static Optional<SpecKind> action(String name) {
        return Optional.ofNullable(ACTIONS.get(name));
    }
}
