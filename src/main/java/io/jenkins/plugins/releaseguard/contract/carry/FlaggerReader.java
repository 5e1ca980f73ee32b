// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.carry;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Flagger, {@code flagger.app/v1beta1} and earlier: Canary by its analysis (usage/how-it-works.md, usage/metrics.md), and the MetricTemplates it refers to. */
final class FlaggerReader implements ForeignReader {
    @Override
    public String format() {
        return "Flagger Canary and MetricTemplate";
    }

    @Override
    public boolean knows(Given document) {
        String kind = document.at("kind").peek();
        return document.at("apiVersion").peek().startsWith("flagger.app/")
                && List.of("Canary", "MetricTemplate", "AlertProvider").contains(kind);
    }

    @Override
    public void read(List<Carry.Source> documents, ContractDraft draft) {
        Map<String, Given> templates = new HashMap<>();
        for (Carry.Source source : documents) {
            if (source.document().at("kind").peek().equals("MetricTemplate")) {
                templates.put(
                        source.document().at("metadata", "name").peek(),
                        source.document().at("spec"));
            }
        }
        for (Carry.Source source : documents) {
            Given document = source.document();
            draft.file(source.file());
            document.takeEach("apiVersion", "kind", "metadata", "status");
            if (document.at("kind").peek().equals("Canary")) {
                new FlaggerCanary(draft, templates).read(document);
            } else if (document.at("kind").peek().equals("AlertProvider")) {
                draft.left(document.at("spec"), "channels are set up in Jenkins; notify: names one");
            }
        }
        for (Carry.Source source : documents) {
            Given spec = source.document().at("spec");
            draft.file(source.file());
            if (source.document().at("kind").peek().equals("MetricTemplate")) {
                if (!spec.at("query").isTaken()) {
                    FlaggerCanary.alone(
                            draft, source.document().at("metadata", "name").peek(), spec);
                }
                spec.takeEach("provider");
            }
            draft.rest(source.document());
        }
    }
}
