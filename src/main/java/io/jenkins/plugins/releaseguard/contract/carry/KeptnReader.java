// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.carry;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Keptn's quality gate, {@code slo.yaml} of spec 0.1 and 1.0, with the queries of the {@code sli.yaml} beside it: what a criterion of
 * {@code pass} demands breaks where it is missed.
 */
final class KeptnReader implements ForeignReader {
    private static final Pattern CRITERION =
            Pattern.compile("\\A\\s*+(<=|>=|<|>|=)\\s*+([-+]?)\\s*+(\\d++(?:\\.\\d++)?)\\s*+(%?)\\s*+");
    private static final Pattern OTHERS =
            Pattern.compile("metricSelector=|builtin:|calc:|USQL;|MV2;|SLO;|PV2;|[?&]scope=|entitySelector");
    private static final Pattern CANARY = Pattern.compile("-canary(?=[\"'`])");

    /** No file says how long: one look alone would take back what is well. */
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
    public void read(List<Carry.Source> documents, Draft draft) {
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
                        "evaluated once over a whole test there; here a criterion must be missed at every look for "
                                + Numbers.written(LASTING));
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

    private static void objective(Given objective, Map<String, Given> indicators, Draft draft, boolean[] seen) {
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
        List<Failing> failing = new ArrayList<>();
        List<Given> pass = objective.at("pass").items();
        if (pass.size() > 1) {
            draft.left(
                    objective.at("pass"), "what passes by either of two breaks by both: a threshold is one condition");
        } else {
            pass.forEach(p -> p.at("criteria").items().forEach(c -> criterion(c, failing, draft, seen)));
        }
        draft.leftEach(objective, "what only warns is judged against the old version", "warning");
        draft.leftEach(
                objective, "no score is counted: critical: yes has a metric stop a release alone", "weight", "key_sli");
        boolean told = !pass.isEmpty();
        seen[1] |= !failing.isEmpty();
        new Measured(draft, objective.at("sli"), name)
                .because(told ? name + " " + objective.at("pass").words() : name)
                .sustained(LASTING)
                .muted(!told)
                .add(query, failing);
    }

    private static void criterion(Given criterion, List<Failing> failing, Draft draft, boolean[] seen) {
        Matcher m = CRITERION.matcher(criterion.peek());
        String opposite = m.matches() ? Failing.opposite(m.group(1)) : null;
        boolean signed = opposite != null && !m.group(2).isEmpty();
        boolean percent = opposite != null && !m.group(4).isEmpty();
        if (opposite == null || percent && !signed) {
            draft.left(
                    criterion,
                    opposite == null
                            ? "a threshold is a comparison with a number"
                            : "it may mean a share, or as much more than before: write > 1% or > 1.01x baseline");
            return;
        }
        criterion.take();
        BigDecimal number = Numbers.of(m.group(2) + m.group(3));
        if (!signed) {
            failing.add(Failing.fixed(opposite, number));
            return;
        }
        seen[0] = true;
        failing.add(
                percent
                        ? new Failing(
                                opposite, number.movePointLeft(2).add(BigDecimal.ONE), Failing.Relation.TIMES_BASELINE)
                        : new Failing(opposite, number, Failing.Relation.PLUS_BASELINE));
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
