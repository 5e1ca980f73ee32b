// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.metric.prometheus;

import io.jenkins.plugins.releaseguard.contract.promql.QuerySeries.Label;
import io.jenkins.plugins.releaseguard.contract.promql.QuerySeries.One;
import io.jenkins.plugins.releaseguard.metric.prometheus.Answers.Pending;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What is there instead of a series that isn't: the same name under other labels, or names near to it among the targets' own. */
final class SeriesNames {
    private static final int SHOWN = 4;
    private static final int LEAST_WORD = 4;
    private static final int LONGEST = 200;
    private static final Pattern PLAIN = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");
    private static final Pattern NUMBER = Pattern.compile("[0-9]+");
    /** A letter that stands for itself, in a regular expression too. */
    private static final Pattern WORD = Pattern.compile("(?<!\\\\)[a-zA-Z]");

    private static final Set<String> COMMON =
            Set.of("total", "bucket", "count", "created", "seconds", "milliseconds", "bytes", "info");

    private final PrometheusSettings settings;
    private final Answers answers;
    private final Instant at;
    private final boolean hints;

    /** @param hints whether anything is asked for them */
    SeriesNames(PrometheusSettings settings, Answers answers, Instant at, boolean hints) {
        this.hints = hints;
        this.settings = settings;
        this.answers = answers;
        this.at = at;
    }

    /** For people, to stand behind "no series …". */
    String instead(One one) throws Pending {
        boolean plain = PLAIN.matcher(one.name()).matches()
                && one.name().length() <= LONGEST
                && one.labels().stream().allMatch(l -> PLAIN.matcher(l.name()).matches());
        if (!hints || !plain) {
            return "";
        }
        List<Series> same = same(one);
        if (!same.isEmpty()) {
            return "; the name is there with " + shown(same) + ", and the last good version is looked for as "
                    + one.track().replace("$track", settings.baseline());
        }
        List<String> near = near(one);
        return ", and none of that name at all" + (near.isEmpty() ? "" : "; near to it: " + String.join(", ", near));
    }

    /** The labels, as far as a selector names them, under which its name is there. */
    List<Series> same(One one) throws Pending {
        String labels = one.labels().stream()
                .map(Label::name)
                .filter(l -> !l.equals("le") && PLAIN.matcher(l).matches())
                .distinct()
                .collect(Collectors.joining(","));
        return ask("count by (" + labels + ") (" + one.name() + ')');
    }

    /** Why a selector can't ever find a series, whatever happens, by those that are there; null where it can. */
    String never(One one, List<Series> any) {
        for (Label label : one.labels()) {
            List<String> values = any.stream()
                    .map(s -> s.label(label.name()))
                    .filter(v -> !v.isEmpty())
                    .distinct()
                    .sorted()
                    .toList();
            boolean demanded = label.sign().startsWith("=") && label.value().length() > 2;
            if (!demanded || label.name().equals("le") || label.value().contains("$")) {
                continue;
            }
            if (values.isEmpty()) {
                return "they are selected by the label " + label.name() + ", which no series of " + one.name() + " has";
            }
            boolean numbers = values.stream().allMatch(v -> NUMBER.matcher(v).matches());
            if (numbers
                    && Arrays.stream(label.value().split("\\|"))
                            .allMatch(v -> WORD.matcher(v).find())) {
                return "they are selected by " + label + ", and " + label.name() + " is a number there ("
                        + values.stream().limit(SHOWN).collect(Collectors.joining(", ")) + ")";
            }
        }
        return null;
    }

    private static String shown(List<Series> same) {
        String some = same.stream()
                .map(Series::labels)
                .map(TreeMap::new)
                .map(labels ->
                        '{' + labels.entrySet().stream().map(SeriesNames::pair).collect(Collectors.joining(",")) + '}')
                .distinct()
                .sorted()
                .limit(SHOWN)
                .collect(Collectors.joining(", "));
        String text = QueryApi.shorten(some);
        return same.size() > SHOWN ? text + " and " + (same.size() - SHOWN) + " more" : text;
    }

    private static String pair(Map.Entry<String, String> label) {
        return label.getKey() + "=\"" + label.getValue() + '"';
    }

    /** Only of the last good version's own targets: all names of a large Prometheus are too many to be asked for. */
    private List<String> near(One one) throws Pending {
        String words = Arrays.stream(one.name().split("_"))
                .filter(w -> w.length() >= LEAST_WORD && !COMMON.contains(w))
                .map(w -> w.substring(0, w.length() - 1))
                .distinct()
                .collect(Collectors.joining("|"));
        String track = one.track().replace("$track", settings.baseline());
        if (words.isEmpty() || track.isEmpty()) {
            return List.of();
        }
        return ask("count by (__name__) ({__name__=~\".*(" + words + ").*\"," + track + "})").stream()
                .map(s -> s.label(Series.NAME))
                .filter(name -> !name.isEmpty() && name.length() <= LONGEST)
                .sorted(Comparator.<String>comparingInt(name -> distance(name, one.name()))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(SHOWN)
                .toList();
    }

    private List<Series> ask(String expression) throws Pending {
        return answers.get(new Answers.Question(expression, Duration.ZERO, at));
    }

    /** Of how many letters two names differ: Levenshtein's. */
    static int distance(String a, String b) {
        int[] before = new int[b.length() + 1];
        Arrays.setAll(before, i -> i);
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int same = before[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(same, 1 + Math.min(before[j], row[j - 1]));
            }
            before = row;
        }
        return before[b.length()];
    }
}
