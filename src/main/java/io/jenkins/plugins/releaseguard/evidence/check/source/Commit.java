// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.check.source;

import io.jenkins.plugins.releaseguard.contract.Settings;
import io.jenkins.plugins.releaseguard.effect.command.CommandCall;
import io.jenkins.plugins.releaseguard.effect.command.CommandResult;
import io.jenkins.plugins.releaseguard.evidence.CheckContext;
import io.jenkins.plugins.releaseguard.evidence.UnavailableException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A commit as git tells it. Name and mail are whatever its author wrote there.
 *
 * @param merge whether it joins several
 */
public record Commit(String id, String name, String mail, String message, boolean merge) {
    private static final int OUTPUT = 8 << 20;
    private static final String REVISION = "[A-Za-z0-9_][A-Za-z0-9._/~^@{}+-]{0,199}";

    public Commit(String id, String name, String mail, String message) {
        this(id, name, mail, message, false);
    }

    /** Commits that {@code until} has and {@code since} hasn't, newest first; without merges that bring nothing of their own. */
    public static List<Commit> between(String since, String until, Settings settings, CheckContext context)
            throws IOException, InterruptedException {
        for (String revision : List.of(since, until == null ? "" : until)) {
            if (!revision.matches(REVISION) || revision.contains("..")) {
                throw new UnavailableException(
                        "'" + revision + "' is no revision", "set release.commit and since to commits or tags");
            }
        }
        String range = since + ".." + until;
        List<Commit> all = parse(git(
                List.of("git", "log", "--format=%x1e%H %P%x1f%an%x1f%ae%x1f%B", range, "--"),
                since,
                settings,
                context));
        if (all.stream().noneMatch(Commit::merge)) {
            return all;
        }
        // what a merge has that none of its parents has: conflicts that were solved, or whatever was put in
        Set<String> own = withFiles(git(
                List.of("git", "log", "--merges", "--cc", "--name-only", "--format=%x1e%H", range, "--"),
                since,
                settings,
                context));
        return all.stream()
                .filter(commit -> !commit.merge() || own.contains(commit.id()))
                .toList();
    }

    private static Set<String> withFiles(String output) {
        Set<String> ids = new HashSet<>();
        for (String record : output.split("\u001e")) {
            String[] lines = record.strip().split("\\R", 2);
            if (lines.length == 2 && !lines[1].isBlank()) {
                ids.add(lines[0].strip());
            }
        }
        return ids;
    }

    private static String git(List<String> command, String since, Settings settings, CheckContext context)
            throws IOException, InterruptedException {
        CommandResult result = context.commands()
                .run(new CommandCall(
                        command,
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
            throw new IOException("more commits than can be read since " + since);
        }
        return result.tail();
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
            String[] ids = fields[0].strip().split(" +");
            commits.add(new Commit(ids[0], fields[1], fields[2], fields[3], ids.length > 2));
        }
        return commits;
    }

    public boolean by(List<String> authors) {
        return authors.stream().anyMatch(a -> a.equalsIgnoreCase(name) || a.equalsIgnoreCase(mail));
    }

    public String shortId() {
        return id.length() > 10 ? id.substring(0, 10) : id;
    }
}
