// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.carry;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Keptn's quality gate, {@code slo.yaml} of spec 0.1 and 1.0 (service_level_objective.md), with the queries of the {@code sli.yaml} beside it: what
 * {@code pass} demands breaks where it is missed; where {@code warning} says what is borne, its miss breaks, and that of {@code pass} warns.
 */
final class KeptnReader implements ForeignReader {
    private static final Pattern CRITERION =
            Pattern.compile("\\A\\s*+(<=|>=|<|>|=)\\s*+([-+]?)\\s*+(\\d++(?:\\.\\d++)?)\\s*+(%?)\\s*+");
    private static final Pattern OTHERS =
            Pattern.compile("metricSelector=|builtin:|calc:|USQL;|MV2;|SLO;|PV2;|[?&]scope=|entitySelector");
    private static final Pattern CANARY = Pattern.compile("-canary(?=[\"'`])");

    private static final int MOST_BREAKS = 8;
    private static final int MOST_JOINED = 5;

    /** No file says how long a test is: one look alone would take back what is well. */
    private static final Duration LASTING = Duration.ofMinutes(5);

    @Override
    public String format() {
        return "Keptn slo.yaml and sli.yaml";
    }

    @Override
    public boolean knows(Given document) {
        return document.has("objectives")
                        && (document.has("total_score") || document.has("spec_version") || document.has("comparison"))
                || document.has("spec_version") && document.has("indicators");
    }

    @Override
    public void read(List<Carry.Source> documents, ContractDraft draft) {
        Map<String, Given> indicators = new HashMap<>();
        documents.forEach(s -> s.document().at("indicators").fields().forEach(indicators::putIfAbsent));
        for (Carry.Source source : documents) {
            Given document = source.document();
            draft.file(source.file());
            document.takeEach("spec_version");
            Given comparison = document.at("comparison");
            // whether a criterion compares, and whether one breaks anything
            boolean[] seen = {false, false};
            for (Given objective : document.at("objectives").items()) {
                objective(objective, indicators, draft, seen);
            }
            if (seen[1]) {
                draft.changed(
                        document.at("objectives"),
                        "evaluated once over a whole test there; here of all of the last " + Numbers.written(LASTING)
                                + ", at every look");
            }
            if (seen[0] && comparison.isThere()) {
                draft.changed(
                        comparison, "compared with earlier runs there; here with the old version at the same time");
            }
            comparison.take();
            draft.leftEach(document, "no score is counted: each trigger stands for itself", "total_score");
            draft.leftEach(document, "conditions in the queries say which series are asked for", "filter");
        }
        for (Carry.Source source : documents) {
            draft.file(source.file());
            source.document().at("indicators").fields().values().stream()
                    .filter(i -> !i.isTaken())
                    .forEach(i -> draft.left(i, "no objective in these files asks for it"));
            draft.rest(source.document());
        }
    }

    private static void objective(Given objective, Map<String, Given> indicators, ContractDraft draft, boolean[] seen) {
        String name = objective.text("sli");
        objective.takeEach("displayName");
        Given indicator = indicators.get(name);
        if (indicator == null) {
            draft.left(objective, "its query stands in sli.yaml: give that file too");
            return;
        }
        String query = indicator.isText() && !OTHERS.matcher(indicator.peek()).find() ? query(indicator.text()) : null;
        if (query == null) {
            indicator.take();
            draft.left(
                    objective,
                    "its query is no PromQL that could be filled in, and metric sources here speak Prometheus' HTTP API");
            return;
        }
        List<List<Failing>> missed = missed(objective.at("pass"), draft, seen);
        List<List<Failing>> failed = missed(objective.at("warning"), draft, seen);
        boolean told = !objective.at("pass").items().isEmpty();
        if (!told && objective.has("warning")) {
            draft.left(objective.at("warning"), "nothing warns there where nothing says what passes");
        }
        // what passes neither way fails
        List<List<Failing>> neither = failed.isEmpty() ? missed : both(missed, failed);
        boolean warns = told && !neither.equals(missed);
        draft.leftEach(objective, "no score is counted: what is missed breaks alone", "weight");
        seen[1] |= !missed.isEmpty();
        new Measured(draft, objective.at("sli"), name)
                .because(told ? name + " " + objective.at("pass").words() : name)
                .within(LASTING)
                .muted(!told)
                .critical(objective.text("key_sli").equals("true"))
                .warns(warns ? missed : List.of(), ToolPace.ONCE)
                .add(query, neither);
    }

    /** One of several lists must hold, and all of what stands in it: each miss is one of each list. */
    private static List<List<Failing>> missed(Given lists, ContractDraft draft, boolean[] seen) {
        List<List<Failing>> missed = List.of();
        for (Given list : lists.items()) {
            List<List<Failing>> each = new ArrayList<>();
            for (Given criterion : list.at("criteria").items()) {
                each.addAll(criterion(criterion, draft, seen));
            }
            if (each.isEmpty()) {
                continue;
            }
            List<List<Failing>> both = missed.isEmpty() ? each : both(missed, each);
            if (both.size() > MOST_BREAKS || both.get(0).size() > MOST_JOINED) {
                draft.left(lists, "more conditions than a threshold joins: write a Rollback entry for each");
                return List.of();
            }
            missed = both;
        }
        return missed;
    }

    /** One of the first and one of the second together, without what the other says already. */
    private static List<List<Failing>> both(List<List<Failing>> some, List<List<Failing>> others) {
        Set<List<Failing>> both = new LinkedHashSet<>();
        for (List<Failing> one : some) {
            for (List<Failing> other : others) {
                List<Failing> joined = new ArrayList<>(one);
                joined.removeIf(f -> other.stream().anyMatch(o -> o.implies(f)));
                other.stream()
                        .filter(o -> one.stream().noneMatch(f -> f.implies(o) && !o.implies(f)))
                        .forEach(joined::add);
                both.add(joined);
            }
        }
        return List.copyOf(both);
    }

    /** What misses it: each alone. Whatever has a percent sign or a plus or minus is compared with what was before. */
    private static List<List<Failing>> criterion(Given criterion, ContractDraft draft, boolean[] seen) {
        Matcher m = CRITERION.matcher(criterion.peek());
        BigDecimal number = m.matches() ? Numbers.of(m.group(3)) : null;
        if (number == null) {
            draft.left(criterion, "a threshold is a comparison with a number");
            return List.of();
        }
        criterion.take();
        boolean minus = m.group(2).equals("-");
        boolean percent = !m.group(4).isEmpty();
        BigDecimal signed = minus ? number.negate() : number;
        Failing.Relation relation = percent
                ? Failing.Relation.TIMES_BASELINE
                : m.group(2).isEmpty() ? Failing.Relation.FIXED : Failing.Relation.PLUS_BASELINE;
        BigDecimal bound = percent ? signed.movePointLeft(2).add(BigDecimal.ONE) : signed;
        if (percent && bound.signum() <= 0) {
            draft.left(criterion, "a multiple of the baseline is above 0");
            return List.of();
        }
        seen[0] |= relation != Failing.Relation.FIXED;
        String opposite = Failing.opposite(m.group(1));
        if (opposite != null) {
            return List.of(List.of(new Failing(opposite, bound, relation)));
        }
        Failing above = new Failing(">", bound, relation);
        boolean none = relation == Failing.Relation.FIXED && bound.signum() == 0;
        return none ? List.of(List.of(above)) : List.of(List.of(above), List.of(new Failing("<", bound, relation)));
    }

    private static String query(String text) {
        return Placeholders.fill(
                CANARY.matcher(text).replaceAll("-\\$DEPLOYMENT"), Placeholders.DOLLARS, place -> switch (place) {
                    case "DURATION_SECONDS" -> "$window";
                    case "DEPLOYMENT" -> "$track";
                    case "DURATION", "START", "END" -> null;
                    default -> Placeholders.variable(place);
                });
    }
}
