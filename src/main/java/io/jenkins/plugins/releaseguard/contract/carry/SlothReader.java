// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.carry;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;

/**
 * Sloth, {@code prometheus/v1} and its Kubernetes form PrometheusServiceLevel: events as a rate with its objective, and the two windows of a page
 * that Sloth makes of 30 days (2 % of the budget in an hour, 5 % in six).
 */
final class SlothReader implements ForeignReader {
    private static final List<SloMetric.Burn> PAGE = List.of(
            new SloMetric.Burn(new BigDecimal("14.4"), Duration.ofHours(1), Duration.ofMinutes(5), null),
            new SloMetric.Burn(BigDecimal.valueOf(6), Duration.ofHours(6), Duration.ofMinutes(30), null));

    @Override
    public String format() {
        return "Sloth";
    }

    @Override
    public boolean knows(Given document) {
        return document.at("version").peek().equals("prometheus/v1") && document.has("slos")
                || document.at("kind").peek().equals("PrometheusServiceLevel");
    }

    @Override
    public void read(List<Carry.Source> documents, ContractDraft draft) {
        for (Carry.Source source : documents) {
            Given document = source.document();
            draft.file(source.file());
            document.takeEach("version", "apiVersion", "kind", "metadata", "status");
            Given spec = document.has("spec") ? document.at("spec") : document;
            draft.service(spec.text("service"));
            spec.takeEach("labels");
            draft.leftEach(spec, "a chain of plugins makes rules that no file shows", "slo_plugins", "sloPlugins");
            for (Given slo : spec.at("slos").items()) {
                slo(slo, draft);
            }
            draft.rest(document);
        }
    }

    private static Given either(Given at, String one, String other) {
        return at.at(at.has(one) ? one : other);
    }

    private static void slo(Given slo, ContractDraft draft) {
        String name = slo.text("name");
        slo.takeEach("description", "labels");
        Given sli = slo.at("sli");
        if (!sli.has("events") && !sli.has("raw")) {
            draft.left(
                    slo,
                    sli.has("plugin")
                            ? "a plugin makes its queries, which no file shows: take them from the rules that Sloth generates"
                            : "it has no query");
            return;
        }
        SloMetric objective = new SloMetric(draft, slo, name, slo.number("objective"), null);
        Given events = sli.at("events");
        Given raw = sli.at("raw");
        String ratio = either(raw, "error_ratio_query", "errorRatioQuery").text();
        String errors = either(events, "error_query", "errorQuery").text();
        String total = either(events, "total_query", "totalQuery").text();
        Given alerting = slo.at("alerting");
        Given page = either(alerting, "page_alert", "pageAlert");
        Given ticket = either(alerting, "ticket_alert", "ticketAlert");
        alerting.takeEach("name", "labels", "annotations");
        boolean quiet = page.at("disable").text().equals("true");
        page.takeEach("labels", "annotations");
        ticket.takeEach("labels", "annotations");
        SloMetric.Ratio made = sli.has("events")
                ? new SloMetric.Ratio(objective.events(errors, false, total), true)
                : objective.ratio(ratio, false, quiet ? null : PAGE.get(0));
        String id = made.id();
        if (id == null) {
            return;
        }
        if (!made.counted() && !quiet) {
            draft.left(
                    raw,
                    "of a ratio that is no count the fast burn is watched alone, over its short window; the slower one by hand: a second Rollback entry with"
                            + " average > 6 times the budget over 30m");
        } else if (!quiet) {
            objective.burns(
                    id, PAGE, name + ": the budget of " + Numbers.written(objective.percent()) + " % burns too fast");
        }
        boolean told = ticket.isThere() && !ticket.at("disable").text().equals("true");
        if (told) {
            draft.left(ticket, "what a ticket is written for takes days, and brings nothing back");
        }
        draft.leftEach(slo, "a chain of plugins makes rules that no file shows", "plugins", "slo_plugins");
    }
}
