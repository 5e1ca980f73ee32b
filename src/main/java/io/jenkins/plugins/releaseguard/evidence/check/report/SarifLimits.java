// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.check.report;

import io.jenkins.plugins.releaseguard.contract.ContractException;
import io.jenkins.plugins.releaseguard.contract.Position;
import io.jenkins.plugins.releaseguard.contract.Settings;
import io.jenkins.plugins.releaseguard.contract.Threshold;
import io.jenkins.plugins.releaseguard.contract.Threshold.Fixed;
import io.jenkins.plugins.releaseguard.contract.grammar.ThresholdParser;
import io.jenkins.plugins.releaseguard.contract.schema.Side;
import io.jenkins.plugins.releaseguard.contract.schema.ValueReader.Fault;
import io.jenkins.plugins.releaseguard.evidence.check.Limits;
import io.jenkins.plugins.releaseguard.evidence.read.CweTree;
import io.jenkins.plugins.releaseguard.evidence.read.Cwes;
import io.jenkins.plugins.releaseguard.evidence.read.SarifRun.Finding;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Findings against limits by level, by rule, by security severity (bands of CVSS 3: low above 0, medium from 4, high from 7,
 * critical from 9, or a number to count from) and by weakness with the kinds of it ({@link CweTree}). What may or may not be among those counted is counted both
 * ways.
 */
final class SarifLimits {
    private static final String NUMBER = "write how many findings there may be: \"<= 0\"";
    private static final Pattern WEAKNESS = Pattern.compile("(?i)(cwe[-_: ]?)?0{0,6}[1-9][0-9]{0,5}");

    private final List<Finding> findings;
    private final Limits limits = new Limits();

    SarifLimits(List<Finding> findings, Settings settings) throws IOException {
        this.findings = findings;
        for (String level : List.of("error", "warning", "note")) {
            // the standard takes a rule that nobody describes for a warning (3.27.10), so that it is one at least
            boolean least = level.equals("warning");
            want(
                    level + "s",
                    settings.threshold(level + "s"),
                    f -> f.level().equals(level) || least && !f.isLevelKnown(),
                    f -> !f.isLevelKnown(),
                    "the file doesn't tell their level");
        }
        for (Map.Entry<String, String> rule : settings.map("rules").entrySet()) {
            whole(rule.getKey());
            want(
                    rule.getKey(),
                    Optional.of(parse(rule.getValue(), settings, "rules")),
                    f -> f.isOf(rule.getKey()),
                    f -> f.rules().isEmpty(),
                    "the file doesn't tell their rule");
        }
        for (Map.Entry<String, String> band : settings.map("severity").entrySet()) {
            want(
                    "severity " + band.getKey(),
                    Optional.of(parse(band.getValue(), settings, "severity")),
                    band(band.getKey()),
                    f -> Double.isNaN(f.severity()),
                    "no security-severity tells how bad they are");
        }
        for (Map.Entry<String, String> cwe : settings.map("cwe").entrySet()) {
            int number = weakness(cwe.getKey());
            Map<Integer, Boolean> kinds = new HashMap<>();
            want(
                    "CWE-" + number,
                    Optional.of(parse(cwe.getValue(), settings, "cwe")),
                    f -> f.cwes() != null
                            && f.cwes().stream()
                                    .anyMatch(c -> kinds.computeIfAbsent(c, one -> CweTree.isOf(one, number))),
                    f -> f.cwes() == null,
                    "no rule tells its weakness (CWE)");
        }
    }

    /** What is wrong with {@code rule: limit}, {@code high: limit} or {@code CWE-89: limit}. */
    static Optional<Fault> fault(String text, String field) {
        int colon = text.indexOf(": ");
        String name = text.substring(0, Math.max(0, colon));
        String limit = text.substring(colon + 2);
        try {
            if (field.equals("severity")) {
                band(name);
            } else if (field.equals("cwe")) {
                weakness(name);
            } else {
                whole(name);
            }
        } catch (IOException e) {
            int why = e.getMessage().indexOf(": ");
            return Optional.of(
                    new Fault(e.getMessage().substring(0, why), e.getMessage().substring(why + 2)));
        }
        try {
            Threshold threshold = ThresholdParser.limit(limit, new Position(field, 1, 1));
            if (!(threshold.bound() instanceof Fixed fixed) || !fixed.unit().isEmpty()) {
                return Optional.of(new Fault("'" + limit + "' of " + name + " is no number of findings", NUMBER));
            }
            return Side.LOW.fault(threshold).map(why -> new Fault("'" + limit + "' of " + name + ": " + why, NUMBER));
        } catch (ContractException e) {
            return Optional.of(new Fault("the limit '" + limit + "' of " + name + " can't be read", NUMBER));
        }
    }

    /** A pattern would be the name of no rule, and its limit hold always. */
    private static void whole(String rule) throws IOException {
        if (rule.indexOf('*') >= 0 || rule.isBlank()) {
            throw new IOException(
                    "'" + rule + "' is no rule's id: write one without *; those below it, after a /, count with it");
        }
    }

    private static int weakness(String name) throws IOException {
        int number = WEAKNESS.matcher(name.strip()).matches() ? Cwes.number(name) : -1;
        if (number < 0) {
            throw new IOException("'" + name + "' is no weakness: write CWE-89");
        }
        return number;
    }

    Limits limits() {
        return limits;
    }

    private void want(
            String name,
            Optional<Threshold> threshold,
            Predicate<Finding> counted,
            Predicate<Finding> open,
            String why) {
        long sure = findings.stream().filter(counted).count();
        long maybe = findings.stream().filter(counted.negate().and(open)).count();
        String some = findings.stream()
                .filter(counted.negate().and(open))
                .findFirst()
                .map(f -> f.rule().isEmpty() ? "" : ", " + f.rule() + " among them")
                .orElse("");
        limits.want(
                name, threshold, sure, (double) sure + maybe, "", "there may be " + maybe + " more, as " + why + some);
    }

    private static Predicate<Finding> band(String name) throws IOException {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "critical" -> f -> f.severity() >= 9;
            case "high" -> f -> f.severity() >= 7 && f.severity() < 9;
            case "medium" -> f -> f.severity() >= 4 && f.severity() < 7;
            case "low" -> f -> f.severity() > 0 && f.severity() < 4;
            default -> {
                double from = from(name);
                yield f -> f.severity() >= from;
            }
        };
    }

    private static double from(String name) throws IOException {
        try {
            double from = Double.parseDouble(name.replaceFirst("^>=\\s*", ""));
            if (from > 0 && from <= 10) {
                return from;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new IOException("'" + name + "' is no severity: write low, medium, high, critical, or from which number"
                + " up to 10 to count");
    }

    private static Threshold parse(String text, Settings settings, String field) throws IOException {
        try {
            return ThresholdParser.limit(text, settings.at(field));
        } catch (ContractException e) {
            throw new IOException("the limit '" + text + "' among " + field + " can't be read", e);
        }
    }
}
