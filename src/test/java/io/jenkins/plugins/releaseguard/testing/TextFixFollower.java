// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.testing;

import io.jenkins.plugins.releaseguard.contract.Position;
import io.jenkins.plugins.releaseguard.contract.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * {@link FixFollower} for a contract in the text form. Its front matter is YAML, and so is an entry with its labels taken for keys: done
 * to that, the fix is written back as lines. What the text form alone has, as how entries begin, is done to the lines.
 */
public final class TextFixFollower {
    private static final Pattern BEGIN = Pattern.compile("line such as '([^']+)'");
    private static final Pattern ADD = Pattern.compile("add a line '(\\w+): ' with one of (\\w+)");
    private static final Pattern HYPHEN = Pattern.compile("'([^']+)' is read as (DEP-\\w+)");

    private final List<String> lines;
    private final Problem problem;
    private final Predicate<String> works;
    private final FixFollower words;
    private final int at;

    private TextFixFollower(String contract, Problem problem, Predicate<String> works) {
        this.lines = List.of(contract.split("\n", -1));
        this.problem = problem;
        this.works = works;
        this.words = new FixFollower(contract, problem, works);
        this.at = problem.at().line() - 1;
    }

    /** Whether it works to follow the fix, as {@link FixFollower#follow} has it. */
    public static boolean follow(String contract, Problem problem, Predicate<String> works) {
        return new TextFixFollower(contract, problem, works).done();
    }

    private boolean done() {
        if (at < 0 || at >= lines.size()) {
            return false;
        }
        texts();
        if (words.done) {
            return true;
        }
        int front = lines.get(0).equals("---") ? lines.subList(1, lines.size()).indexOf("---") + 1 : 0;
        List<TextEntryLines> entries = TextEntryLines.of(lines, front + 1);
        if (at < front && inFront(front)) {
            return true;
        }
        return entries.stream().filter(entry -> entry.holds(at)).anyMatch(this::inEntry)
                || entries.stream().filter(entry -> !entry.holds(at)).anyMatch(this::inEntry)
                || at >= front && front > 0 && inFront(front);
    }

    private Problem moved(int line, int column) {
        Position there = new Position(problem.at().file(), line, column);
        return new Problem(problem.severity(), problem.rule(), there, problem.message(), problem.fix());
    }

    private boolean inFront(int end) {
        String yaml = String.join("\n", lines.subList(1, end)) + "\n";
        String rest = "---\n" + String.join("\n", lines.subList(end + 1, lines.size()));
        Problem inside = at < end ? moved(at, problem.at().column()) : moved(1, 1);
        return FixFollower.follow(yaml, inside, front -> works.test("---\n" + front + rest));
    }

    private boolean inEntry(TextEntryLines entry) {
        Problem inside =
                entry.holds(at) ? moved(entry.lineInYaml(at), problem.at().column()) : moved(1, 1);
        return FixFollower.follow(entry.yaml(), inside, yaml -> {
            Map<String, List<String>> written = new LinkedHashMap<>();
            if (!TextEntryLines.write(yaml, written)) {
                return false;
            }
            List<String> all = new ArrayList<>(lines.subList(0, entry.from()));
            all.addAll(written.getOrDefault("", List.of()));
            all.add("");
            all.addAll(lines.subList(entry.to(), lines.size()));
            written.forEach((id, block) -> {
                if (!id.isEmpty()) {
                    all.addAll(List.of("", "---", ""));
                    all.addAll(block);
                }
            });
            return works.test(String.join("\n", all));
        });
    }

    /** What the text form alone has: how entries begin, comments, tables. */
    private void texts() {
        String fix = problem.fix();
        Matcher begin = BEGIN.matcher(fix);
        if (begin.find()) {
            insert(at, begin.group(1));
            with(at, begin.group(1));
            insert(lines.size(), "", begin.group(1), "Type: Criteria", "Owner: somebody");
        }
        Matcher type = ADD.matcher(fix);
        if (type.find()) {
            insert(at + 1, type.group(1) + ": " + type.group(2));
        }
        Matcher hyphen = HYPHEN.matcher(problem.message());
        if (hyphen.find()) {
            with(at, lines.get(at).replace(hyphen.group(1), hyphen.group(2)));
        }
        if (fix.contains("-->")) {
            with(at, lines.get(at) + " -->");
            String without = String.join("\n", lines).replace("<!--", "").replace("-->", "");
            words.offer(() -> List.of(without));
        }
        if (fix.contains("line across the page") || fix.contains("under a heading")) {
            insert(at, "", "---", "");
            insert(at, "", "## Before", "");
            below();
        }
        if (fix.startsWith("give it an id of its own")) {
            with(at, lines.get(at).replaceFirst("] ", "] DEP-041: "));
        }
        if (fix.startsWith("give the table a column ID")) {
            with(at, lines.get(at).replaceFirst("^\\| *(?:[A-Z]+-\\d+ *)?\\|", "| DEP-007 |"));
        }
        if (fix.equals("give each its own number")) {
            with(at, lines.get(at).replaceFirst("\\d+", "991"));
        }
        Matcher meant = FixFollower.MEANT.matcher(fix);
        if (meant.find()) {
            with(at, lines.get(at).replaceFirst("^[^:]+", Matcher.quoteReplacement(meant.group(1))));
        }
        if (FixFollower.GONE.matcher(fix).find() || fix.contains("take it out") || fix.contains("take the boxes out")) {
            with(at, null);
        }
    }

    /** The line below the first line of each entry. */
    private void below() {
        List<String> rest = new ArrayList<>(lines);
        String line = rest.remove(at);
        IntStream.range(0, rest.size())
                .filter(i -> TextEntryLines.begins(rest.get(i)))
                .forEach(i -> {
                    List<String> all = new ArrayList<>(rest);
                    all.add(i + 1, line);
                    offer(all);
                });
    }

    private void insert(int index, String... more) {
        List<String> all = new ArrayList<>(lines);
        all.addAll(index, List.of(more));
        offer(all);
    }

    private void with(int index, String line) {
        List<String> all = new ArrayList<>(lines);
        if (line == null) {
            all.remove(index);
        } else {
            all.set(index, line);
        }
        offer(all);
    }

    private void offer(List<String> all) {
        String text = String.join("\n", all);
        words.offer(() -> List.of(text));
    }
}
