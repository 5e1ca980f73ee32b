// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.check;

import io.jenkins.plugins.releaseguard.contract.Settings;
import io.jenkins.plugins.releaseguard.effect.command.CommandCall;
import io.jenkins.plugins.releaseguard.effect.command.CommandResult;
import io.jenkins.plugins.releaseguard.evidence.CheckContext;
import io.jenkins.plugins.releaseguard.evidence.UnavailableException;
import io.jenkins.plugins.releaseguard.evidence.check.source.CheckCommand;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A commit as git tells it; merges are left out, what they merge is not. */
record Commit(String id, String name, String mail, String message) {
    private static final int OUTPUT = 8 << 20;
    private static final String REVISION = "[A-Za-z0-9_][A-Za-z0-9._/~^@{}+-]{0,199}";

    /** Commits that {@code until} has and {@code since} hasn't, newest first. */
    static List<Commit> between(String since, String until, Settings settings, CheckContext context)
            throws IOException, InterruptedException {
        for (String revision : List.of(since, until == null ? "" : until)) {
            if (!revision.matches(REVISION) || revision.contains("..")) {
                throw new UnavailableException(
                        "'" + revision + "' is no revision", "set release.commit and since to commits or tags");
            }
        }
        CommandResult result = context.commands()
                .run(new CommandCall(
                        List.of(
                                "git",
                                "log",
                                "--no-merges",
                                "--format=%x1e%H%x1f%an%x1f%ae%x1f%B",
                                since + ".." + until,
                                "--"),
                        "",
                        Map.of("GIT_OPTIONAL_LOCKS", "0"),
                        CheckCommand.limit(settings),
                        Set.of(),
                        OUTPUT));
        if (!result.succeeded()) {
            throw new UnavailableException(
                    "git " + CheckCommand.ended(result),
                    "run the gate where the repository is checked out with its history back to " + since);
        }
        if (result.cut()) {
            throw new IOException("more commits than can be read between " + since + " and " + until);
        }
        return parse(result.tail());
    }

    private static List<Commit> parse(String output) throws IOException {
        List<Commit> commits = new ArrayList<>();
        for (String record : output.split("\u001e")) {
            if (record.isBlank()) {
                continue;
            }
            String[] fields = record.split("\u001f", 4);
            if (fields.length != 4) {
                throw new IOException("git's answer can't be read");
            }
            commits.add(new Commit(fields[0].strip(), fields[1], fields[2], fields[3]));
        }
        return commits;
    }

    boolean by(List<String> authors) {
        return authors.stream().anyMatch(a -> a.equalsIgnoreCase(name) || a.equalsIgnoreCase(mail));
    }

    String shortId() {
        return id.length() > 10 ? id.substring(0, 10) : id;
    }
}
