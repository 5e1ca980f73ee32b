// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.read;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A tool's run: the name, whether the tool says that it failed, whether it wrote any results at all (an empty list is a
 * result, none is not), when it ended, what it told of errors of its own (3.20.21, 3.20.22, 3.58.6), and the findings with their
 * levels resolved.
 */
public record SarifRun(
        String tool, boolean failed, boolean hasResults, OwnTime ended, List<String> troubles, List<Finding> findings) {
    private static final Set<String> OTHER_KINDS = Set.of("pass", "open", "informational", "notApplicable", "review");

    /**
     * A finding.
     *
     * @param rules the ids of its rule: the result's own first, then those that its other references lead to
     * @param level none, note, warning or error; unknown where the file names a rule and doesn't describe it
     * @param baseline new, unchanged, updated, absent or empty
     * @param severity the number of CVSS, 0 where it has none, NaN where nobody knows
     * @param cwes the weaknesses; null where nobody knows
     */
    public record Finding(
            List<String> rules,
            String level,
            boolean suppressed,
            String baseline,
            String where,
            String print,
            double severity,
            Set<Integer> cwes) {
        /** The id that the result gives first, empty for none. */
        public String rule() {
            return rules.isEmpty() ? "" : rules.get(0);
        }

        /**
         * Whether it is of the rule, or of one below it: {@code js/xss/dom} is of {@code js/xss} (3.52.4). Case doesn't count:
         * a limit that misses its rule for a letter would hold always.
         */
        public boolean isOf(String id) {
            int end = id.length();
            return rules.stream()
                    .anyMatch(r -> r.regionMatches(true, 0, id, 0, end)
                            && (r.length() == end || r.length() > end && r.charAt(end) == '/'));
        }

        /** Whether the level stands in the file or follows from it. */
        public boolean isLevelKnown() {
            return !level.equals(SarifLevel.UNKNOWN);
        }
    }

    static SarifRun of(SarifPart run) throws FormatException {
        boolean failed = false;
        OwnTime ended = OwnTime.NONE;
        for (JsonNode invocation : run.invocations) {
            JsonNode successful = invocation.path("executionSuccessful");
            // 3.20.14 wants the flag: where it is missing the exit code tells (3.20.9)
            failed |= (successful.isBoolean()
                            ? !successful.asBoolean()
                            : invocation.path("exitCode").asInt(0) != 0)
                    // 3.20.11 and 3.20.12: it ended by a signal, or never began
                    || !invocation.path("exitSignalName").asText("").isEmpty()
                    || !invocation.path("processStartFailureMessage").asText("").isEmpty();
            ended = ended.later(OwnTime.of(
                    "endTimeUtc",
                    invocation
                            .path("endTimeUtc")
                            .asText(invocation.path("startTimeUtc").asText(""))));
        }
        List<String> troubles = SarifNotifications.errors(run);
        String name = run.tool.path("driver").path("name").asText();
        if (run.results == null) {
            return new SarifRun(name, failed, false, ended, troubles, List.of());
        }
        SarifRules rules = new SarifRules(run.tool, run.taxonomies);
        SarifOverrides overrides = new SarifOverrides(run.invocations, rules);
        List<Finding> findings = new ArrayList<>(run.results.size());
        for (SarifResult result : run.results) {
            findings.add(finding(run, rules, overrides, result, name));
        }
        return new SarifRun(name, failed, true, ended, troubles, List.copyOf(findings));
    }

    private static Finding finding(
            SarifPart run, SarifRules rules, SarifOverrides overrides, SarifResult result, String name)
            throws FormatException {
        SarifRules.Meant meant = rules.of(result.rule());
        Set<String> ids = new LinkedHashSet<>(result.rule().ids());
        meant.rules().forEach(r -> ids.add(r.id()));
        String id = ids.isEmpty() ? "" : ids.iterator().next();
        String uri = result.uri();
        if (uri.isEmpty() && result.artifact() >= 0 && result.artifact() < run.addresses.size()) {
            uri = run.addresses.get(result.artifact());
        }
        return new Finding(
                List.copyOf(ids),
                level(result, meant, overrides),
                result.suppressed(),
                result.baseline(),
                result.line() > 0 ? uri + ":" + result.line() : uri,
                name + "|" + id + "|" + uri + "|" + result.print(),
                severity(result, meant, rules),
                cwes(result, meant, rules));
    }

    /** 3.27.10: the result's own, none where its kind isn't fail, an override's, the rule's, warning. */
    private static String level(SarifResult result, SarifRules.Meant meant, SarifOverrides overrides)
            throws FormatException {
        if (!result.level().isEmpty()) {
            return SarifLevel.checked(result.level());
        }
        if (OTHER_KINDS.contains(result.kind())) {
            return "none";
        }
        if (!result.kind().isEmpty() && !result.kind().equals("fail")) {
            return SarifLevel.UNKNOWN;
        }
        return overrides.level(result, meant);
    }

    /**
     * The worst that the result or a rule has. A rule without one finds no weakness where other rules of the run have one, and
     * isn't said to be about security; anything else is unknown.
     */
    private static double severity(SarifResult result, SarifRules.Meant meant, SarifRules rules) {
        double worst = Double.isNaN(result.severity()) ? -1 : result.severity();
        boolean known = meant.whole() && !meant.rules().isEmpty();
        for (SarifRule rule : meant.rules()) {
            if (rule.isScored()) {
                worst = Math.max(worst, rule.severity());
            } else {
                known &= rules.scores() && !rule.security();
            }
        }
        if (worst == SarifRule.ODD) {
            return Double.NaN;
        }
        return worst >= 0 ? worst : known ? 0 : Double.NaN;
    }

    private static Set<Integer> cwes(SarifResult result, SarifRules.Meant meant, SarifRules rules) {
        Set<Integer> cwes = new LinkedHashSet<>(result.cwes());
        meant.rules().forEach(r -> cwes.addAll(r.cwes()));
        boolean known = rules.weaknesses() && meant.whole() && !meant.rules().isEmpty();
        return cwes.isEmpty() && !known ? null : Set.copyOf(cwes);
    }
}
