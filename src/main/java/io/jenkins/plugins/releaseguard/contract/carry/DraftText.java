// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.carry;

import io.jenkins.plugins.releaseguard.contract.carry.ContractDraft.DraftMetric;
import io.jenkins.plugins.releaseguard.contract.carry.ContractDraft.DraftPhase;
import java.util.Map;

/** A draft as a contract's YAML. Every value from a file is quoted, so that none becomes a key, a list or a variable. */
final class DraftText {
    private final StringBuilder out = new StringBuilder();

    private DraftText() {}

    static String write(ContractDraft draft, Carry.Settings settings, LooksOfTool looking) {
        DraftText text = new DraftText();
        text.head(draft, settings);
        text.metrics(draft, settings);
        text.rollout(draft, settings, looking);
        text.entries(draft, settings, looking);
        return text.out.toString();
    }

    private void head(ContractDraft draft, Carry.Settings settings) {
        String service = settings.service().isEmpty() ? draft.service() : settings.service();
        line("apiVersion: release-guard/v1");
        line("release:");
        line("  service: " + (service.isEmpty() ? "${SERVICE}" : quoted(service)));
        line("  version: ${VERSION}");
        if (!settings.owner().isEmpty()) {
            line("  owner: " + quoted(settings.owner()));
        }
    }

    private void metrics(ContractDraft draft, Carry.Settings settings) {
        if (draft.metrics().isEmpty()) {
            return;
        }
        line("metrics:");
        for (DraftMetric metric : draft.metrics()) {
            String lead = "  - ";
            for (Map.Entry<String, String> field : metric.fields().entrySet()) {
                String value = field.getValue().equals(Measured.SOURCE) ? settings.source() : field.getValue();
                // of numbers alone
                boolean objective = field.getKey().equals("objective");
                line(lead + field.getKey() + ": " + (objective ? value : quoted(value)));
                lead = "    ";
            }
        }
    }

    private void rollout(ContractDraft draft, Carry.Settings settings, LooksOfTool looking) {
        boolean silent = draft.noData() != null && !draft.metrics().isEmpty();
        boolean timed = looking.interval() != null || silent;
        if (draft.phases().isEmpty() && settings.router().isEmpty() && !timed) {
            return;
        }
        line("rollout:");
        if (!settings.router().isEmpty()) {
            line("  router: " + quoted(settings.router()));
        }
        if (looking.interval() != null) {
            line("  interval: " + Numbers.written(looking.interval()));
        }
        if (silent) {
            line("  noData: " + Numbers.written(draft.noData()));
        }
        if (draft.phases().isEmpty()) {
            return;
        }
        line("  phases:");
        boolean whole = false;
        for (DraftPhase phase : draft.phases()) {
            boolean bakes = phase.bake() != null && !phase.bake().isZero();
            line("    - {weight: " + phase.weight() + (bakes ? ", bake: " + Numbers.written(phase.bake()) : "") + "}");
            whole = phase.weight().equals("100");
        }
        if (!whole) {
            line("    - {weight: 100}");
        }
    }

    private void entries(ContractDraft draft, Carry.Settings settings, LooksOfTool looking) {
        if (draft.triggers().isEmpty()) {
            return;
        }
        line("entries:");
        int number = 0;
        for (DraftTrigger trigger : draft.triggers()) {
            String threshold = looking.threshold(trigger);
            String warning = looking.warning(trigger);
            line(String.format(java.util.Locale.ROOT, "  - id: DEP-%03d", ++number));
            line("    type: Rollback");
            line("    title: " + quoted(trigger.metric() + " " + threshold));
            if (!settings.owner().isEmpty()) {
                line("    owner: " + quoted(settings.owner()));
            }
            line("    trigger: " + quoted(trigger.words()));
            line("    metric: " + quoted(trigger.metric()));
            line("    threshold: " + quoted(threshold));
            if (!warning.isEmpty()) {
                line("    warn: " + quoted(warning));
            }
            line("    procedure: [{traffic: 0}]");
        }
    }

    private void line(String text) {
        out.append(text).append('\n');
    }

    /** Plain where it is a word or number, else in double quotes. */
    private static String quoted(String text) {
        if (text.matches("[A-Za-z0-9][A-Za-z0-9_./-]*") || text.matches("\\$\\{\\w+\\}")) {
            return text;
        }
        StringBuilder quoted = new StringBuilder("\"");
        for (char c : text.strip().toCharArray()) {
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c == '\n' || c == '\t' || c == '\r') {
                quoted.append(' ');
            } else if (c < ' '
                    || c == 0x7f
                    || Character.isSurrogate(c)
                    || c == '\u0085'
                    || c == '\u2028'
                    || c == '\u2029'
                    || c >= '\uE000') {
                quoted.append('\uFFFD');
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
