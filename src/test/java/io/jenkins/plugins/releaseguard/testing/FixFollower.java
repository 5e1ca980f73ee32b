// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.testing;

import io.jenkins.plugins.releaseguard.contract.Position;
import io.jenkins.plugins.releaseguard.contract.Problem;
import io.jenkins.plugins.releaseguard.contract.Severity;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Does to a contract what a problem's fix says, as far as it says it in the contract's language: {@code add owner: …}, {@code write yes or
 * no}, {@code did you mean 'bake'?}, {@code take it out}. Where a fix leaves open at which place or which of several, each is
 * tried.
 */
public final class FixFollower {
    private static final Pattern PAIR =
            Pattern.compile("(?<![\\w{\"'])(?!one:|with:|known:)([a-z][A-Za-z0-9]*):(?: |$)");
    static final Pattern NEW = Pattern.compile(
            "(?:add|make|and) (?:a|an|one|it|the)\\b[^:{]*?\\b(criterion|Criteria|Validation|Rollback|Environment|environment)\\b");
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]+)\"|'([^']+)'");
    static final Pattern MEANT = Pattern.compile("did you mean '?([^'?]+?)'?\\?");
    private static final Pattern CHOICE = Pattern.compile("(?:one of|known(?: here| prefixes)?:) ([^;]+)");
    private static final List<Pattern> WRITTEN = List.of(
            Pattern.compile("(?:write|give|with|such as|from|as) ([^,;]+?)(?= or |,|;|: |$)"),
            Pattern.compile("for example ([^,;]+?)(?= or |,|;|$)"),
            Pattern.compile(": (\\d[^,;]*)"));
    private static final Pattern CONDITION = Pattern.compile("(?:burn )?[<>]=? ?[^\",;]+");
    static final Pattern OUT = Pattern.compile("take (?:the )?(\\w+)(?:: \\w+|:)? out|take out (\\w+)");
    static final Pattern GONE = Pattern.compile("keep one|take (?:it|the line|the waiver|\\w+) out|take out");
    static final Pattern WORD = Pattern.compile("[\\w.${}-]+");

    /** What stands for a field that a fix describes in words. */
    static final Map<String, String> SAMPLES = Map.ofEntries(
            Map.entry("errors", "'sum(increase(requests_total{code=~\"5..\",track=\"$track\"}[$window]))'"),
            Map.entry("total", "'sum(increase(requests_total{track=\"$track\"}[$window]))'"),
            Map.entry("histogram", "'duration_seconds_bucket{track=\"$track\"}'"),
            Map.entry("values", "'level{track=\"$track\"}'"),
            Map.entry("limit", "500ms"),
            Map.entry("until", "2026-12-01"),
            Map.entry("code", "infra/production"),
            Map.entry("rotate", "90d"),
            Map.entry("sha256", "a".repeat(64)),
            Map.entry("status", "mitigated"));

    private final String contract;
    private final Problem problem;
    private final Predicate<String> works;
    private final Set<String> tried = new HashSet<>();
    boolean done;

    FixFollower(String contract, Problem problem, Predicate<String> works) {
        this.contract = contract;
        this.problem = problem;
        this.works = works;
        tried.add(contract);
    }

    /**
     * Whether it works to follow the fix.
     *
     * @param works asked of the contract as people might leave it, until it does; never where nothing in the fix can be done by rote
     */
    public static boolean follow(String contract, Problem problem, Predicate<String> works) {
        FixFollower follower = new FixFollower(contract, problem, works);
        follower.textually();
        ContractTree.of(contract).ifPresent(follower::inTheTree);
        return follower.done;
    }

    void offer(Supplier<List<String>> changed) {
        for (String text : done ? List.<String>of() : changed.get()) {
            if (!done && tried.add(text)) {
                done = works.test(text);
            }
        }
    }

    /** Lists and mappings that a fix has in the contract's language, each to be taken as it stands. */
    public static List<String> fragments(Problem problem) {
        return new FixFollower("", problem, text -> false)
                .fragments().stream()
                        .filter(code -> !problem.fix().contains("$" + code))
                        // of a query
                        .filter(code -> !Pattern.compile("[\\w})]" + Pattern.quote(code))
                                .matcher(problem.fix())
                                .find())
                        .filter(code -> !problem.fix().startsWith("take it out"))
                        .filter(code -> problem.fix().indexOf(code) < whole(problem.fix()))
                        .toList();
    }

    /** Behind a semicolon stands what else could be done. */
    private static int whole(String fix) {
        return fix.indexOf(';') < 0 ? fix.length() : fix.indexOf(';');
    }

    /** The fields that a fix writes out, {@code key: value}, in its order. */
    public static Map<String, String> fields(String fix) {
        return new FixFollower("", new Problem(Severity.ERROR, "", new Position("", 1, 1), "", fix), text -> false)
                .pairs();
    }

    /** The contract with a field at a place, in what is around it, or in one of its parts. */
    public static List<String> withField(String contract, Position at, String key, String value) {
        return ContractTree.of(contract)
                .map(tree -> tree.withFields(at, Map.of(key, value)))
                .orElse(List.of());
    }

    /** The same as {@link #follow}, with one of the fragments alone. */
    public static boolean follow(String contract, Problem problem, String fragment, Predicate<String> works) {
        FixFollower follower = new FixFollower(contract, problem, works);
        ContractTree.of(contract).ifPresent(tree -> follower.taken(tree, fragment));
        return follower.done;
    }

    private void taken(ContractTree tree, String fragment) {
        pairs().keySet().forEach(key -> offer(() -> tree.withFields(problem.at(), Map.of(key, fragment))));
        Matcher entry = NEW.matcher(fix());
        if (entry.find()) {
            offer(() -> List.of(tree.withEntry(type(entry.group(1)), Map.of("verify", fragment))));
        }
        offer(() -> tree.withItem(problem.at(), "procedure", fragment));
        offer(() -> tree.withValue(problem.at(), fragment));
    }

    static String type(String word) {
        return word.equals("criterion") ? "Criteria" : Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }

    private String fix() {
        return problem.fix();
    }

    private void textually() {
        String[] lines = contract.split("\n", -1);
        int at = problem.at().line() - 1;
        if (at < 0 || at >= lines.length) {
            return;
        }
        String line = lines[at];
        int column = Math.min(Math.max(problem.at().column() - 1, 0), line.length());
        List<String> words = new ArrayList<>();
        Matcher meant = MEANT.matcher(fix());
        while (meant.find()) {
            words.add(meant.group(1).strip());
        }
        words.addAll(choices());
        Matcher word = WORD.matcher(line);
        if (word.find(column)) {
            String old = word.group();
            words.forEach(w -> with(
                    lines,
                    at,
                    line.substring(0, word.start())
                            + (w.endsWith("-") ? w + old.substring(old.indexOf('-') + 1) : w)
                            + line.substring(word.end())));
            if (fix().equals("give each its own number")) {
                with(
                        lines,
                        at,
                        line.substring(0, word.start()) + old.replaceAll("\\d+", "991") + line.substring(word.end()));
            }
        }
        if (fix().contains("{track=\"$track\"}")) {
            offer(() -> List.of(contract.replace("_total[", "_total{track=\"$track\"}[")));
        }
        if (fix().contains("write [$window]")) {
            offer(() -> List.of(contract.replaceAll("\\[\\d+m]", "[\\$window]")));
        }
        if (fix().contains("take out the --- and what follows")) {
            offer(() -> List.of(String.join("\n", List.of(lines).subList(0, at)) + "\n"));
        }
        if (fix().contains("quotes around")) {
            String rest = line.substring(column);
            String before = line.substring(0, column);
            Matcher key = Pattern.compile("(.*?: )([^\"{\\[].*)").matcher(line);
            with(lines, at, before + '"' + rest + '"');
            if (key.matches()) {
                with(lines, at, key.group(1) + '"' + key.group(2) + '"');
            }
            with(lines, at, line.replaceAll("(\\$\\{\\w+})", "\"$1\""));
        }
        if (fix().contains("take it out")) {
            with(lines, at, line.replaceAll("!+\\S+ ", ""));
        }
        if (GONE.matcher(fix()).find()) {
            with(lines, at, null);
        }
        if (fix().contains("write it out") || fix().contains("out, or have") || fix().contains("rest out")) {
            with(lines, at, line.replaceAll("\\$\\{\\w+}", "x"));
        }
        if (fix().contains("indent with spaces")) {
            with(lines, at, line.replace("\t", "  "));
        }
        Matcher begin =
                Pattern.compile("(?:begin with|add) ?:? (apiVersion: \\S+)").matcher(fix());
        if (begin.find()) {
            offer(() -> List.of(begin.group(1) + "\n" + contract));
            offer(() -> List.of(begin.group(1) + "\n"));
        }
    }

    List<String> choices() {
        List<String> all = new ArrayList<>();
        Matcher choice = CHOICE.matcher(fix());
        while (choice.find()) {
            all.addAll(List.of(choice.group(1).strip().split(", ")));
        }
        return all;
    }

    private void with(String[] lines, int at, String line) {
        List<String> all = new ArrayList<>(List.of(lines));
        if (line == null) {
            all.remove(at);
        } else {
            all.set(at, line);
        }
        offer(() -> List.of(String.join("\n", all)));
    }

    private void inTheTree(ContractTree tree) {
        Map<String, String> pairs = pairs();
        Matcher entry = NEW.matcher(fix());
        if (entry.find() || fix().startsWith("add one: metric")) {
            String type = fix().startsWith("add one: metric") ? "Rollback" : entry.group(1);
            offer(() -> List.of(tree.withEntry(type(type), pairs.isEmpty() ? braced() : pairs)));
        }
        if (fix().contains("the environment before it")) {
            ContractTree.of(tree.withEntry("Environment", Map.of()))
                    .ifPresent(two -> offer(() -> List.of(two.withEntry("Criteria", braced()))));
        }
        Matcher id = Pattern.compile("(?:add|refers to|watches|names) ([A-Z]+-\\w+)")
                .matcher(fix() + " " + problem.message());
        if (id.find()) {
            offer(() ->
                    List.of(tree.withEntry("Validation", Map.of("id", id.group(1), "verify", "{command: ./check}"))));
        }
        if (fix().startsWith("add a metric") || fix().startsWith("add it under metrics")) {
            Map<String, String> metric = new LinkedHashMap<>(pairs);
            metric.putIfAbsent("kind", "rate");
            Matcher name = Pattern.compile("(MON-\\w+),").matcher(problem.message());
            if (name.find()) {
                metric.put("id", name.group(1));
            }
            metric.put("errors", SAMPLES.get("errors"));
            metric.put("total", SAMPLES.get("total"));
            offer(() -> List.of(tree.withMetric(metric)));
        }
        if (!pairs.isEmpty()) {
            offer(() -> tree.withFields(problem.at(), pairs));
            pairs.forEach((key, value) -> offer(() -> tree.withFields(problem.at(), Map.of(key, value))));
        }
        Matcher missing = Pattern.compile("has no ([^.;:]+)").matcher(problem.message());
        if (missing.find()) {
            Map<String, String> fields = new LinkedHashMap<>();
            for (String key : missing.group(1).split(", | or | and ")) {
                fields.put(key, SAMPLES.getOrDefault(key, "word"));
            }
            offer(() -> tree.withFields(problem.at(), fields));
            fields.forEach((key, value) -> offer(() -> tree.withFields(problem.at(), Map.of(key, value))));
        }
        choices()
                .forEach(choice ->
                        pairs.keySet().forEach(key -> offer(() -> tree.withFields(problem.at(), Map.of(key, choice)))));
        if (fix().startsWith("end with ")) {
            offer(() -> tree.withItem(problem.at(), "100"));
        }
        for (String code : fragments()) {
            offer(() -> tree.withItem(problem.at(), "procedure", code));
            pairs.keySet().forEach(key -> offer(() -> tree.withFields(problem.at(), Map.of(key, code))));
        }
        values().forEach(value -> offer(() -> tree.withValue(problem.at(), value)));
        Matcher out = OUT.matcher(fix());
        while (out.find()) {
            String key = out.group(1) != null ? out.group(1) : out.group(2);
            offer(() -> tree.without(problem.at(), "waiver".equals(key) ? "waived" : key));
        }
        if (fix().contains("keep one") || fix().contains("take it out")) {
            Matcher named = WORD.matcher(problem.message());
            while (named.find()) {
                offer(() -> tree.without(problem.at(), named.group()));
            }
            offer(() -> tree.without(problem.at(), null));
        }
    }

    /** {@code {progression: staging}}, which is a check. */
    Map<String, String> braced() {
        int open = fix().indexOf('{');
        return open < 0 ? Map.of() : Map.of("verify", code(open));
    }

    /** {@code key: value} of the fix, in its order; what is described in words has a sample for it. */
    Map<String, String> pairs() {
        Map<String, String> pairs = new LinkedHashMap<>();
        Matcher pair = PAIR.matcher(fix());
        int from = 0;
        while (pair.find(from)) {
            String key = pair.group(1);
            int value = pair.end();
            String code = code(value);
            from = code.isEmpty() ? value : value + code.length();
            pairs.put(key, code.isEmpty() ? described(key, fix().substring(value)) : filled(code));
        }
        // "with errors and total", "set expires" have names without values
        return pairs;
    }

    private static String described(String key, String words) {
        Matcher example = Pattern.compile("(?:such as|one of) ([^{\\s]\\S*)").matcher(words);
        return example.find() ? example.group(1).replaceAll("[,;.]$", "") : SAMPLES.getOrDefault(key, "word");
    }

    private static String filled(String code) {
        return code.replace("RUN-…", "RUN-011")
                .replace("sha256: …", "sha256: " + "a".repeat(64))
                .replace(", …", "")
                .replace("…", "word");
    }

    /** What stands there in the contract's language, as far as it goes; empty for words. */
    private String code(int from) {
        String text = fix();
        if (from >= text.length()) {
            return "";
        }
        char first = text.charAt(from);
        if (first == '"') {
            return text.substring(from, text.indexOf('"', from + 1) + 1);
        }
        if (first == '{' || first == '[') {
            int depth = 0;
            for (int i = from; i < text.length(); i++) {
                depth += "{[".indexOf(text.charAt(i)) >= 0 ? 1 : "}]".indexOf(text.charAt(i)) >= 0 ? -1 : 0;
                if (depth == 0) {
                    return text.substring(from, i + 1);
                }
            }
            return "";
        }
        Matcher word = Pattern.compile("[^\\s,;]+").matcher(text);
        if (!word.find(from) || word.start() != from) {
            return "";
        }
        String rest = text.substring(word.end()).strip();
        boolean alone =
                rest.isEmpty() || ",;".indexOf(rest.charAt(0)) >= 0 || rest.matches("(?:or|and|to|on|with|for|of) .*");
        return alone && !word.group().matches("a|the|what|and|…|\\(.*") ? word.group() : "";
    }

    /** What the fix would have written instead. */
    Set<String> values() {
        Set<String> values = new LinkedHashSet<>();
        Matcher quoted = QUOTED.matcher(fix());
        while (quoted.find()) {
            values.add(quoted.group(1) == null ? quoted.group(2) : quoted.group(1));
        }
        List<Pattern> patterns = new ArrayList<>(WRITTEN);
        patterns.add(CONDITION);
        for (Pattern pattern : patterns) {
            Matcher written = pattern.matcher(fix());
            while (written.find()) {
                values.add(written.group(written.groupCount()).strip());
            }
        }
        values.addAll(choices());
        values.addAll(fragments());
        if (fix().contains("turn the sign around")) {
            values.add("~sign");
        }
        return values;
    }

    /** Lists and mappings in the fix. */
    List<String> fragments() {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < fix().length(); i++) {
            if (fix().charAt(i) == '[' || fix().charAt(i) == '{') {
                String code = code(i);
                all.add(filled(code));
                i += Math.max(0, code.length() - 1);
            }
        }
        return all;
    }
}
