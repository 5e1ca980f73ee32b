// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rehearse.promql;

import io.jenkins.plugins.releaseguard.cli.rehearse.promql.Family.Kind;
import io.jenkins.plugins.releaseguard.cli.rehearse.promql.Family.Outcome;
import io.jenkins.plugins.releaseguard.contract.Metric;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds out from a contract's queries under which names and labels its service exposes requests, failures and latency, so that the
 * world can expose its own likewise. Names that no query mentions keep their usual form.
 */
public final class Exposition {
    /** How services label a request that went well and one that failed, the usual first. */
    private static final List<Outcome> OUTCOMES = List.of(
            new Outcome("200", "500"),
            new Outcome("2xx", "5xx"),
            new Outcome("2XX", "5XX"),
            new Outcome("success", "error"),
            new Outcome("success", "failure"),
            new Outcome("SUCCESS", "SERVER_ERROR"),
            new Outcome("OK", "Internal"),
            new Outcome("0", "13"),
            new Outcome("false", "true"),
            new Outcome("true", "false"));

    private final Map<String, Family> families = new LinkedHashMap<>();
    private final List<String> unanswered = new ArrayList<>();

    private Exposition() {
        Family.USUAL.forEach(f -> families.put(f.name(), f));
    }

    public static Exposition of(List<Metric> metrics) {
        Exposition exposition = new Exposition();
        metrics.forEach(exposition::add);
        return exposition;
    }

    public List<Family> families() {
        return List.copyOf(families.values());
    }

    /** @param exported the only names that there are; null where they are whatever is asked for */
    public List<Family> families(List<String> exported) {
        return exported == null ? families() : ExportedNames.families(families(), exported);
    }

    /** Sentences on queries that the rehearsal's metrics endpoint can't answer. */
    public List<String> unanswered() {
        return List.copyOf(unanswered);
    }

    private void add(Metric metric) {
        try {
            List<Expr.Selector> totals = selectors(metric.query().total());
            List<String> names = totals.stream().map(Expr.Selector::name).toList();
            for (Expr.Selector selector : selectors(metric.query().errors())) {
                boolean labelled = names.contains(selector.name());
                add(selector, labelled ? Kind.REQUESTS : Kind.ERRORS, labelled ? told(selector, totals) : List.of());
            }
            totals.forEach(s -> add(s, Kind.REQUESTS, List.of()));
            selectors(metric.query().histogram()).forEach(s -> add(s, Kind.BUCKETS, List.of()));
            Kind other = metric.kind() == Metric.Kind.COUNT ? Kind.ERRORS : Kind.IN_FLIGHT;
            for (Expr.Selector selector : selectors(metric.query().values())) {
                add(selector, selector.name().endsWith("_bucket") ? Kind.BUCKETS : other, List.of());
            }
        } catch (PromqlException e) {
            unanswered.add(
                    metric.id() + " has a query that the rehearsal's metrics endpoint can't answer: " + e.getMessage());
        }
    }

    /** The matchers by which failures are told from the total. */
    private static List<Expr.Matcher> told(Expr.Selector errors, List<Expr.Selector> totals) {
        return errors.matchers().stream()
                .filter(m -> !m.value().contains("$track"))
                .filter(m -> totals.stream()
                        .filter(t -> t.name().equals(errors.name()))
                        .flatMap(t -> t.matchers().stream())
                        .noneMatch(t -> t.label().equals(m.label())))
                .toList();
    }

    private void add(Expr.Selector selector, Kind kind, List<Expr.Matcher> told) {
        Family known = families.get(selector.name());
        boolean usual = known != null && Family.USUAL.contains(known);
        if (selector.name().isEmpty() || usual && known.kind() == kind && fits(known, selector)) {
            return;
        }
        Map<String, String> constants = new LinkedHashMap<>();
        Map<String, String> tracks = new LinkedHashMap<>();
        Map<String, Outcome> outcomes = new LinkedHashMap<>();
        if (known != null && !usual && known.kind() == kind) {
            constants.putAll(known.constants());
            tracks.putAll(known.tracks());
            outcomes.putAll(known.outcomes());
        }
        for (Expr.Matcher matcher : selector.matchers()) {
            String label = matcher.label();
            if (matcher.value().contains("$track")) {
                tracks.put(label, matcher.value());
            } else if (told.contains(matcher)) {
                outcome(matcher).ifPresent(o -> outcomes.put(label, o));
            } else if (matcher.wanted() && matcher.pattern() == null && !outcomes.containsKey(label)) {
                constants.put(label, matcher.value());
            } else if (matcher.wanted()
                    && matcher.pattern() != null
                    && matcher.value().matches("[\\w./|-]+")) {
                constants.putIfAbsent(label, matcher.value().split("\\|")[0]);
            }
        }
        families.put(
                selector.name(),
                new Family(selector.name(), kind, constants, tracks, outcomes, factor(selector.name())));
    }

    /** Whether the usual series answer this selector already. */
    private static boolean fits(Family usual, Expr.Selector selector) {
        return selector.matchers().stream()
                .allMatch(m -> usual.tracks().getOrDefault(m.label(), "").equals(m.value())
                        || usual.outcomes().containsKey(m.label())
                                && outcome(m)
                                        .map(usual.outcomes().get(m.label())::equals)
                                        .orElse(false)
                        || m.label().equals("le"));
    }

    private static Optional<Outcome> outcome(Expr.Matcher matcher) {
        Optional<Outcome> common = OUTCOMES.stream()
                .filter(o -> matches(matcher, o.bad()) && !matches(matcher, o.good()))
                .findFirst();
        boolean literal = matcher.wanted() && matcher.pattern() == null;
        return common.isEmpty() && literal ? Optional.of(new Outcome("none", matcher.value())) : common;
    }

    private static boolean matches(Expr.Matcher matcher, String value) {
        return matcher.matches(Map.of(matcher.label(), value));
    }

    private static double factor(String name) {
        return name.contains("_milliseconds") || name.contains("_ms_") || name.endsWith("_ms") ? 1000 : 1;
    }

    private static List<Expr.Selector> selectors(String query) throws PromqlException {
        List<Expr.Selector> found = new ArrayList<>();
        if (query != null && !query.isBlank()) {
            collect(Parser.parse(query.replace("$window", "1m")), found);
        }
        return found;
    }

    private static void collect(Expr expr, List<Expr.Selector> found) {
        if (expr instanceof Expr.Selector selector) {
            found.add(selector);
        } else if (expr instanceof Expr.Call call) {
            call.arguments().forEach(a -> collect(a, found));
        } else if (expr instanceof Expr.Aggregate aggregate) {
            collect(aggregate.of(), found);
        } else if (expr instanceof Expr.Binary binary) {
            collect(binary.left(), found);
            collect(binary.right(), found);
        } else if (expr instanceof Expr.Negative negative) {
            collect(negative.of(), found);
        }
    }
}
