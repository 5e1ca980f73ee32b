// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.check.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A change of the tracker: id, author, reviewers and the commits it brought. */
public record Change(String id, String author, List<String> reviewers, List<String> commits) {
    /** A JSON list of changes. */
    public static List<Change> list(Fetched fetched) throws IOException {
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

    /**
     * By the commit's id (seven digits or more); of a change that lists no commits, by its id in the message. One that lists them has exactly
     * those: whoever writes its id into another message doesn't come by its review.
     */
    public boolean has(Commit commit, Pattern ids) {
        if (!commits.isEmpty()) {
            return commits.stream().anyMatch(c -> c.length() >= 7 && commit.id().startsWith(c));
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

    /** Whether its author, as the tracker has it, is one of these. */
    public boolean by(List<String> people) {
        return people.stream().anyMatch(author::equalsIgnoreCase);
    }

    /** Whether someone other than its author and the commit's has reviewed it. Without a known author nobody can be told to be another. */
    public Likeness.Word reviewedByOther(Commit commit, Likeness likeness) throws IOException {
        if (author.isBlank()) {
            return Likeness.Word.SAME;
        }
        Likeness.Word best = Likeness.Word.SAME;
        for (String reviewer : reviewers) {
            Likeness.Word word = Likeness.Word.OTHER;
            for (String maker : List.of(author, commit.name(), commit.mail())) {
                Likeness.Word one = likeness.of(reviewer, maker);
                word = one.compareTo(word) < 0 ? one : word;
            }
            best = word.compareTo(best) > 0 ? word : best;
        }
        return best;
    }
}
