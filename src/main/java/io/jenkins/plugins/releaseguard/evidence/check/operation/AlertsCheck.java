// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.check.operation;

import static io.jenkins.plugins.releaseguard.contract.schema.Field.list;
import static io.jenkins.plugins.releaseguard.contract.schema.Field.text;

import io.jenkins.plugins.releaseguard.contract.CheckSpec;
import io.jenkins.plugins.releaseguard.contract.Entry;
import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.contract.RollbackEntry;
import io.jenkins.plugins.releaseguard.contract.Settings;
import io.jenkins.plugins.releaseguard.contract.schema.SpecKind;
import io.jenkins.plugins.releaseguard.evidence.Check;
import io.jenkins.plugins.releaseguard.evidence.CheckContext;
import io.jenkins.plugins.releaseguard.evidence.EvidenceFile;
import io.jenkins.plugins.releaseguard.evidence.Finding;
import io.jenkins.plugins.releaseguard.evidence.UnavailableException;
import io.jenkins.plugins.releaseguard.evidence.check.source.FilesRead;
import io.jenkins.plugins.releaseguard.evidence.read.AlertRules;
import io.jenkins.plugins.releaseguard.text.Lines;
import io.jenkins.plugins.releaseguard.text.Quantity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Every alert has an owner, and every metric that matters has an alert. */
public final class AlertsCheck implements Check {
    private static final SpecKind KIND = SpecKind.check("alerts", "Every alert has an owner.")
            .main(text("file", "alert rules in Prometheus' YAML; else the contract's critical metrics"))
            .fields(
                    list("label", "labels or annotations that name the owner").standard("owner, team"),
                    list("metrics", "metrics that each need an alert; else the critical ones"));

    @Override
    public SpecKind kind() {
        return KIND;
    }

    @Override
    public Finding evaluate(Entry entry, CheckSpec spec, CheckContext context) throws IOException {
        Settings settings = spec.settings();
        Finding.Builder found = Finding.now(context).limit("an owner each");
        List<String> troubles = new ArrayList<>();
        int seen = settings.text("file").isEmpty()
                ? fromContract(settings, context, troubles)
                : fromFile(settings, context, found, troubles);
        if (seen == 0) {
            return found.unknown(
                    "there are no alerts and no critical metrics to look at",
                    "mark critical metrics, or name the file of alert rules");
        }
        found.value(troubles.isEmpty() ? Quantity.count(seen, "alert") : Quantity.count(troubles.size(), "gap"));
        return troubles.isEmpty()
                ? found.pass("every alert has an owner")
                : found.fail(
                        Lines.some(troubles), "name an owner for each, and have an alert for each critical metric");
    }

    private static int fromFile(Settings settings, CheckContext context, Finding.Builder found, List<String> troubles)
            throws IOException {
        FilesRead sighting = new FilesRead();
        int seen = 0;
        List<AlertRules.Rule> rules = new ArrayList<>();
        for (EvidenceFile file : FilesRead.each(context.files(), settings.texts("file"))) {
            String text = sighting.text(file);
            try {
                rules.addAll(AlertRules.read(text));
            } catch (IOException e) {
                throw new UnavailableException(
                        "'" + file.path() + "': " + e.getMessage(),
                        "let it be rules as Prometheus reads them, or name another file");
            }
        }
        sighting.into(found).at(context.now());
        List<String> labels = settings.texts("label").isEmpty() ? List.of("owner", "team") : settings.texts("label");
        for (AlertRules.Rule rule : rules) {
            seen++;
            if (labels.stream().allMatch(l -> rule.text(l).isBlank())) {
                troubles.add(rule.name() + " has no owner");
            }
        }
        for (String id : wanted(settings, context)) {
            if (seen > 0 && rules.stream().noneMatch(r -> r.mentions(id))) {
                troubles.add(id + " has no alert");
            }
        }
        return seen;
    }

    /** Without rules of its own: each metric is watched by a rollback entry that has an owner and tells somebody. */
    private static int fromContract(Settings settings, CheckContext context, List<String> troubles) {
        List<String> wanted = wanted(settings, context);
        for (String id : wanted) {
            List<RollbackEntry> watching = context.contract().entries(RollbackEntry.class).stream()
                    .filter(r -> id.equals(r.metric()))
                    .toList();
            if (watching.isEmpty()) {
                troubles.add(id + " is watched by no rollback entry");
            }
            watching.stream()
                    .filter(r -> r.owner().isBlank() || r.notification().isEmpty())
                    .forEach(r -> troubles.add(r.id() + (r.owner().isBlank() ? " has no owner" : " tells nobody")));
        }
        return wanted.size();
    }

    private static List<String> wanted(Settings settings, CheckContext context) {
        List<String> named = settings.texts("metrics");
        return named.isEmpty()
                ? context.contract().metrics().stream()
                        .filter(Metric::critical)
                        .map(Metric::id)
                        .toList()
                : named;
    }
}
