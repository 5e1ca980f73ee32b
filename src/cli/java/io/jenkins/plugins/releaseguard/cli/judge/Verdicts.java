// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.judge;

import io.jenkins.plugins.releaseguard.judge.Interval;
import io.jenkins.plugins.releaseguard.judge.Judgement;
import io.jenkins.plugins.releaseguard.judge.LookVerdict;
import io.jenkins.plugins.releaseguard.judge.MetricFinding;
import io.jenkins.plugins.releaseguard.judge.Promotion;
import io.jenkins.plugins.releaseguard.text.Shown;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Verdicts as JSON values and as text. A number that does not apply, or has no end, is null. */
final class Verdicts {
    private Verdicts() {}

    static Map<String, Object> json(Judgement j) {
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("verdict", j.verdict());
        root.put("score", j.score());
        root.put("reason", j.reason());
        root.put("groups", j.groups());
        List<Map<String, Object>> metrics = new ArrayList<>();
        for (int i = 0; i < j.findings().size(); i++) {
            Map<String, Object> m = json(j.findings().get(i));
            if (!j.classifications().isEmpty()) {
                m.put("classification", j.classifications().get(i));
            }
            metrics.add(m);
        }
        root.put("metrics", metrics);
        return root;
    }

    /** @param promotion by which the phase is left */
    static Map<String, Object> json(LookVerdict v, Promotion promotion) {
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("verdict", v.action());
        root.put("action", v.action());
        root.put("promotion", promotion.name().toLowerCase(Locale.ROOT));
        root.put("e", finite(v.e()));
        root.put("score", v.score());
        root.put("reason", v.reason());
        if (v.needed() != null) {
            Map<String, Object> needed = new LinkedHashMap<>();
            needed.put("metric", v.needed().metric());
            needed.put("canaryRequests", finite(v.needed().canaryRequests()));
            needed.put("seconds", finite(v.needed().seconds()));
            root.put("needed", needed);
        }
        root.put("metrics", v.findings().stream().map(Verdicts::json).toList());
        return root;
    }

    static Map<String, Object> json(MetricFinding f) {
        Map<String, Object> m = new LinkedHashMap<>();
        m.put("id", f.id());
        m.put("name", f.name());
        m.put("verdict", f.verdict());
        m.put("test", f.test());
        m.put("statistic", finite(f.statistic()));
        m.put("p", finite(f.p()));
        m.put("e", finite(f.e()));
        m.put("effect", finite(f.effect()));
        m.put("interval", interval(f.interval()));
        m.put("limit", finite(f.limit()));
        m.put("canary", finite(f.canary()));
        m.put("baseline", finite(f.baseline()));
        m.put("unit", f.unit());
        Map<String, Object> samples = new LinkedHashMap<>();
        samples.put("baseline", finite(f.samples().baseline()));
        samples.put("canary", finite(f.samples().canary()));
        m.put("samples", samples);
        m.put("reason", f.reason());
        return m;
    }

    private static Map<String, Object> interval(Interval i) {
        if (i == null) {
            return null;
        }
        Map<String, Object> m = new LinkedHashMap<>();
        m.put("lower", finite(i.lower()));
        m.put("upper", finite(i.upper()));
        m.put("level", i.level());
        return m;
    }

    private static Double finite(double v) {
        return Double.isFinite(v) ? v : null;
    }

    static String text(Judgement j) {
        StringBuilder s = new StringBuilder();
        s.append(String.format(
                Locale.ROOT, "%s  score %s%n  %s%n", j.verdict().word(), j.score(), Shown.line(j.reason())));
        if (j.groups().size() > 1) {
            s.append(j.groups().entrySet().stream()
                            .map(g -> (g.getKey().isEmpty() ? "no group" : Shown.line(g.getKey())) + " " + g.getValue())
                            .collect(Collectors.joining(", ", "  groups: ", "")))
                    .append(System.lineSeparator());
        }
        for (int i = 0; i < j.findings().size(); i++) {
            MetricFinding f = j.findings().get(i);
            String word = j.classifications().isEmpty()
                    ? f.verdict().word()
                    : j.classifications().get(i);
            s.append(String.format(
                    Locale.ROOT, "%-12s %s  [%s]%n", Shown.line(word), Shown.line(f.reason()), Shown.line(f.test())));
        }
        return s.toString().stripTrailing();
    }
}
