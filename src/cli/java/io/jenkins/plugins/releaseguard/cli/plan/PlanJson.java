// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.releaseguard.forecast.Advice;
import io.jenkins.plugins.releaseguard.forecast.Figure;
import io.jenkins.plugins.releaseguard.forecast.Forecast;
import io.jenkins.plugins.releaseguard.forecast.ForecastSentence;
import io.jenkins.plugins.releaseguard.forecast.Habits;
import io.jenkins.plugins.releaseguard.forecast.HarmOutlook;
import io.jenkins.plugins.releaseguard.forecast.MetricHabit;
import io.jenkins.plugins.releaseguard.forecast.Outlook;
import io.jenkins.plugins.releaseguard.forecast.PhaseOutlook;
import io.jenkins.plugins.releaseguard.forecast.PlanChange;
import io.jenkins.plugins.releaseguard.forecast.PlanNote;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The same for programs. Times in seconds, shares as fractions; null is unknown, and of a time longer than was simulated.
 */
final class PlanJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private PlanJson() {}

    static String of(String file, Habits habits, Advice advice, String diff, long seed) {
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("file", file);
        root.put(
                "summary",
                ForecastSentence.of(advice.before(), habits.requests().value()));
        root.put("runs", advice.before().runs());
        root.put("seed", seed);
        Map<String, Object> known = new LinkedHashMap<>();
        known.put("requests", figure(habits.requests()));
        known.put("quiet", figure(habits.quiet()));
        known.put("warmup", figure(habits.warmup()));
        known.put("metrics", habits.metrics().stream().map(PlanJson::metric).toList());
        root.put("habits", known);
        root.put("forecast", forecast(advice.before()));
        root.put("changes", advice.changes().stream().map(PlanJson::change).toList());
        root.put("byHand", advice.byHand().stream().map(PlanJson::change).toList());
        root.put("notes", advice.notes().stream().map(PlanJson::note).toList());
        root.put("diff", diff);
        root.put("then", forecast(advice.after()));
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, Object> figure(Figure figure) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("value", number(figure.value()));
        map.put(figure.known() ? "from" : "unknown", figure.from());
        return map;
    }

    private static Map<String, Object> metric(MetricHabit m) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", m.metric().id());
        map.put("simulated", m.simulated());
        map.put("assumed", m.simulated() && !m.level().known());
        map.put("level", figure(m.level()));
        map.put("p99", figure(m.upper()));
        map.put("clusters", figure(m.clusters()));
        map.put("persistence", figure(m.persistence()));
        map.put("sides", figure(m.sides()));
        map.put("bounds", m.shape() == null ? List.of() : m.shape().bounds());
        return map;
    }

    private static Map<String, Object> forecast(Forecast forecast) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("total", outlook(forecast.total()));
        map.put("stoppedInVain", number(forecast.stopped()));
        map.put("leftOut", forecast.leftOut());
        map.put("phases", forecast.phases().stream().map(PlanJson::phase).toList());
        return map;
    }

    private static Map<String, Object> phase(PhaseOutlook p) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", p.name());
        map.put("weight", p.weight());
        map.put("takes", outlook(p.takes()));
        map.put("ready", outlook(p.ready()));
        map.put("held", number(p.held()));
        map.put("heldBy", p.holders());
        map.put("waitsFor", p.slowest());
        map.put("harms", p.harms().stream().map(PlanJson::harm).toList());
        return map;
    }

    private static Map<String, Object> harm(HarmOutlook harm) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("harm", harm.harm());
        map.put("seen", outlook(harm.seen()));
        map.put("failed", number(harm.failed()));
        return map;
    }

    private static Map<String, Object> outlook(Outlook o) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("median", number(o.median()));
        map.put("ninety", number(o.ninety()));
        map.put("low", number(o.low()));
        map.put("high", number(o.high()));
        return map;
    }

    private static Map<String, Object> change(PlanChange c) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("place", c.place());
        map.put("subject", c.subject());
        map.put("key", c.key());
        map.put("value", c.value());
        map.put("reason", c.reason());
        return map;
    }

    private static Map<String, Object> note(PlanNote n) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("kind", n.kind().word());
        map.put("phase", n.phase());
        map.put("metric", n.metric());
        map.put("field", n.field());
        map.put("value", n.value());
        map.put("held", number(n.held()));
        map.put("text", n.text());
        return map;
    }

    private static Double number(double value) {
        return Double.isFinite(value) ? value : null;
    }
}
