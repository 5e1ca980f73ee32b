// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.jenkins.plugins.releaseguard.evidence.check.source.Fetched;
import io.jenkins.plugins.releaseguard.evidence.check.source.StrictJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A change of the tracker: id, author, reviewers and the commits it brought. */
record Change(String id, String author, List<String> reviewers, List<String> commits) {
    /** A JSON list of changes. */
    static List<Change> list(Fetched fetched) throws IOException {
        JsonNode root = StrictJson.read(fetched.text(), fetched.looked());
        if (!root.isArray()) {
            throw new IOException(fetched.looked() + " is no list of changes");
        }
        List<Change> changes = new ArrayList<>();
        for (JsonNode node : root) {
            if (!node.path("id").isValueNode()) {
                throw new IOException("a change in " + fetched.looked() + " has no id");
            }
            changes.add(new Change(
                    node.path("id").asText(),
                    person(node.path("author")),
                    people(node.path("reviewers")),
                    people(node.path("commits"))));
        }
        return changes;
    }

    private static List<String> people(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(n -> texts.add(person(n)));
        texts.removeIf(String::isBlank);
        return texts;
    }

    private static String person(JsonNode node) {
        return (node.isObject() ? node.path("id").asText(node.path("login").asText("")) : node.asText("")).strip();
    }

    /** By the commit's id (seven digits or more), or by the change's id in the message. */
    boolean has(Commit commit, Pattern ids) {
        if (commits.stream().anyMatch(c -> c.length() >= 7 && commit.id().startsWith(c))) {
            return true;
        }
        Matcher matcher = ids.matcher(commit.message());
        while (matcher.find()) {
            String found = matcher.group();
            if (found.equals(id) || found.equals("#" + id) || found.equals("!" + id)) {
                return true;
            }
        }
        return false;
    }

    /** Without a known author nobody can be told to be another. */
    boolean reviewedByOther(Commit commit) {
        return !author.isBlank()
                && reviewers.stream().anyMatch(r -> !r.equalsIgnoreCase(author) && !commit.by(List.of(r)));
    }
}
