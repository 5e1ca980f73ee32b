// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.releaseguard.text.Lines;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a report's facts are those that its journal gives when it is read again. Facts are names, times, numbers and verdicts; how a
 * version words them is none, so that a sentence that was improved since doesn't make an old report a forgery.
 */
final class SecondOpinion {
    private static final int SHOWN = 60;
    /** Words of ours throughout, or what follows from wording. */
    private static final Set<String> TOLD = Set.of("whyNotGreen", "issues", "followUps", "timeline");
    /** Words of ours where the value is a text. */
    private static final Set<String> WORDS = Set.of(
            "reason",
            "reasons",
            "fix",
            "value",
            "limit",
            "text",
            "detail",
            "effect",
            "error",
            "title",
            "unconfirmedReason",
            "test",
            "name");
    /** What stands in the journal as it stands in a report of any format. */
    private static final List<String> IN_EVERY_FORMAT = List.of(
            "release/service",
            "release/version",
            "release/commit",
            "release/environment",
            "release/contract",
            "release/artifacts",
            "verdict",
            "confirmed",
            "startedAt",
            "endedAt");

    private SecondOpinion() {}

    /**
     * The first fact that differs, as the end of a sentence about the report; empty where none does.
     *
     * @param kept a report as it was read
     * @param told what its journal gives now
     */
    static Optional<String> contradiction(ObjectNode kept, Report told) {
        ObjectNode now = ReportJson.tree(told);
        int format = kept.path("format").asInt();
        if (format == Report.FORMAT) {
            return differs("", kept, now);
        }
        if (format > Report.FORMAT) {
            return Optional.empty();
        }
        return IN_EVERY_FORMAT.stream()
                .flatMap(path -> differs(path.replace('/', '.'), kept.at("/" + path), now.at("/" + path)).stream())
                .findFirst();
    }

    /** A field that only one of them has is another version's. */
    private static Optional<String> differs(String path, JsonNode kept, JsonNode now) {
        if (kept.isMissingNode() || now.isMissingNode()) {
            return Optional.empty();
        }
        if (kept.isObject() && now.isObject()) {
            for (Map.Entry<String, JsonNode> field : now.properties()) {
                String name = field.getKey();
                if (TOLD.contains(name) || WORDS.contains(name) && worded(field.getValue())) {
                    continue;
                }
                Optional<String> found =
                        differs(path.isEmpty() ? name : path + "." + name, kept.path(name), field.getValue());
                if (found.isPresent()) {
                    return found;
                }
            }
            return Optional.empty();
        }
        if (kept.isArray() && now.isArray() && kept.size() == now.size()) {
            for (int i = 0; i < now.size(); i++) {
                Optional<String> found = differs(path + "[" + i + "]", kept.get(i), now.get(i));
                if (found.isPresent()) {
                    return found;
                }
            }
            return Optional.empty();
        }
        return same(kept, now)
                ? Optional.empty()
                : Optional.of(path + " is " + shown(kept) + " there, " + shown(now) + " in the journal");
    }

    private static boolean worded(JsonNode value) {
        return value.isTextual() || value.isArray() || value.isNull();
    }

    private static boolean same(JsonNode kept, JsonNode now) {
        return kept.isNumber() && now.isNumber()
                ? Double.compare(kept.doubleValue(), now.doubleValue()) == 0
                : kept.equals(now);
    }

    private static String shown(JsonNode value) {
        return value.isArray() ? "a list of " + value.size() : Lines.bounded(value.toString(), SHOWN);
    }
}
