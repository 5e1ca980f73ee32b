// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.check.report;

import static io.jenkins.plugins.releaseguard.contract.schema.Field.limit;
import static io.jenkins.plugins.releaseguard.contract.schema.Field.list;
import static io.jenkins.plugins.releaseguard.contract.schema.Field.text;
import static io.jenkins.plugins.releaseguard.contract.schema.FieldType.BOOLEAN;
import static io.jenkins.plugins.releaseguard.contract.schema.FieldType.MAP;
import static io.jenkins.plugins.releaseguard.contract.schema.Side.LOW;
import static io.jenkins.plugins.releaseguard.contract.schema.Unit.COUNT;

import io.jenkins.plugins.releaseguard.contract.CheckSpec;
import io.jenkins.plugins.releaseguard.contract.Entry;
import io.jenkins.plugins.releaseguard.contract.Settings;
import io.jenkins.plugins.releaseguard.contract.schema.Field;
import io.jenkins.plugins.releaseguard.contract.schema.SpecKind;
import io.jenkins.plugins.releaseguard.evidence.Check;
import io.jenkins.plugins.releaseguard.evidence.CheckContext;
import io.jenkins.plugins.releaseguard.evidence.EvidenceFile;
import io.jenkins.plugins.releaseguard.evidence.EvidenceFiles;
import io.jenkins.plugins.releaseguard.evidence.Finding;
import io.jenkins.plugins.releaseguard.evidence.Status;
import io.jenkins.plugins.releaseguard.evidence.check.source.FilesRead;
import io.jenkins.plugins.releaseguard.evidence.check.source.OwnTimes;
import io.jenkins.plugins.releaseguard.evidence.read.SarifReader;
import io.jenkins.plugins.releaseguard.evidence.read.SarifRun;
import io.jenkins.plugins.releaseguard.text.Lines;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Findings of static analysis and security scans: limits by level and by rule, all findings or only new ones. */
public final class SarifCheck implements Check {
    private static final SpecKind KIND = SpecKind.check(
                    "sarif", "Findings of static analysis and security scans, SARIF 2.1.0.")
            .main(list("results", "paths or patterns of result files").standard("**/*.sarif"))
            .fields(
                    limit("errors", "number of findings of level error")
                            .standard("<= 0")
                            .unit(COUNT)
                            .good(LOW),
                    limit("warnings", "number of findings of level warning")
                            .unit(COUNT)
                            .good(LOW),
                    limit("notes", "number of findings of level note")
                            .unit(COUNT)
                            .good(LOW),
                    Field.of(
                            "rules",
                            MAP,
                            "limits by rule id, those below it counted too: {java/sql-injection: \"<= 0\"}"),
                    Field.of(
                            "severity",
                            MAP,
                            "limits by security severity, a band or the number to count from: {critical: \"<= 0\", 7.0: \"<= 2\"}"),
                    Field.of(
                            "cwe",
                            MAP,
                            "limits by weakness, its kinds in MITRE's list counted too: {CWE-74: \"<= 0\"}"),
                    list("tools", "tools that must each have a run in the results"),
                    text("reference", "results to compare with: a file, or job or job#number"),
                    Field.of("onlyNew", BOOLEAN, "count only what the reference does not have")
                            .standard("no"),
                    Field.of("suppressed", BOOLEAN, "count suppressed findings too")
                            .standard("no"))
            .reads("rules", text -> SarifLimits.fault(text, "rules"))
            .reads("severity", text -> SarifLimits.fault(text, "severity"))
            .reads("cwe", text -> SarifLimits.fault(text, "cwe"));

    @Override
    public SpecKind kind() {
        return KIND;
    }

    @Override
    public Finding evaluate(Entry entry, CheckSpec spec, CheckContext context) throws IOException {
        Settings settings = spec.settings();
        Finding.Builder found = Finding.now(context);
        FilesRead sighting = new FilesRead();
        List<SarifRun> runs = runs(context.files(), settings.texts("results"), sighting);
        OwnTimes own =
                new OwnTimes(sighting).all(runs.stream().map(SarifRun::ended).toList());
        own.into(found);
        if (runs.isEmpty()) {
            return new Blind("the files have no run of any tool").unknown(found);
        }
        Optional<Blind> blind = blind(runs, settings.texts("tools"));
        List<SarifRun.Finding> counted = runs.stream()
                .flatMap(r -> r.findings().stream())
                .filter(f -> settings.flag("suppressed") || !f.suppressed())
                .filter(f -> !f.baseline().equals("absent"))
                .toList();
        String reference = settings.text("reference");
        List<SarifRun.Finding> fresh = counted;
        if (!reference.isEmpty()) {
            fresh = unlike(counted, reference(context, reference, settings));
        } else if (settings.flag("onlyNew")) {
            if (counted.stream().anyMatch(f -> f.baseline().isEmpty())) {
                return blind.orElse(new Blind(
                                "nothing to compare with: no reference, and the file has no baseline states",
                                "give the check a reference"))
                        .unknown(found);
            }
            fresh = counted.stream().filter(f -> f.baseline().equals("new")).toList();
        }
        Finding judged = judge(
                settings, settings.flag("onlyNew") ? fresh : counted, fresh, !reference.isEmpty(), own.told(), found);
        return blind.isPresent() ? blind.get().of(judged, found) : judged;
    }

    private static Finding judge(
            Settings settings,
            List<SarifRun.Finding> counted,
            List<SarifRun.Finding> fresh,
            boolean compared,
            String told,
            Finding.Builder found)
            throws IOException {
        long open = counted.stream().filter(f -> !f.isLevelKnown()).count();
        String tally = level(counted, "error") + " errors, " + level(counted, "warning") + " warnings, "
                + level(counted, "note") + " notes"
                + (open > 0 ? ", " + open + " of unknown level" : "")
                + (compared ? ", " + fresh.size() + " of all new" : "")
                + told;
        List<String> worst = counted.stream()
                .filter(f -> f.level().equals("error"))
                .map(f -> f.rule() + (f.where().isEmpty() ? "" : " at " + f.where()))
                .toList();
        return new SarifLimits(counted, settings)
                .limits()
                .conclude(
                        found,
                        tally,
                        tally + (worst.isEmpty() ? "" : ": " + Lines.some(worst)),
                        "fix the findings, or suppress them with a reason where the tool allows it");
    }

    private static long level(List<SarifRun.Finding> findings, String level) {
        return findings.stream().filter(f -> f.level().equals(level)).count();
    }

    private static List<SarifRun> runs(EvidenceFiles files, List<String> patterns, FilesRead sighting)
            throws IOException {
        List<SarifRun> runs = new ArrayList<>();
        for (EvidenceFile file : FilesRead.each(files, patterns)) {
            runs.addAll(sighting.read(file, SarifReader::read));
        }
        return runs;
    }

    /** Why the files can't tell that there is nothing, and what to do about it. */
    private record Blind(String why, String fix) {
        Blind(String why) {
            this(why, "run every scan to its end before the gate");
        }

        Finding unknown(Finding.Builder found) {
            return found.value("").limit("").unknown(why, fix);
        }

        /** What was found stays too much, however much was not looked at; that it isn't too much, nobody can tell. */
        Finding of(Finding judged, Finding.Builder found) {
            return judged.status() == Status.FAIL
                    ? found.fail(judged.reason() + "; " + why, judged.fix())
                    : new Blind(why + "; of what was read: " + judged.reason(), fix).unknown(found);
        }
    }

    private static Optional<Blind> blind(List<SarifRun> runs, List<String> tools) {
        for (SarifRun run : runs) {
            if (run.failed()) {
                return Optional.of(new Blind(run.tool() + " says that it failed"
                        + (run.troubles().isEmpty() ? "" : ": " + Lines.some(run.troubles()))));
            }
            if (!run.hasResults()) {
                return Optional.of(new Blind(run.tool() + " wrote no results, not even an empty list"));
            }
        }
        List<String> there = runs.stream().map(SarifRun::tool).distinct().toList();
        Optional<Blind> missing = tools.stream()
                .filter(t -> there.stream().noneMatch(t::equalsIgnoreCase))
                .findFirst()
                .map(t -> new Blind(
                        "there is no run of " + t + "; there are runs of " + Lines.some(there), fix(t, there)));
        return missing.isPresent() ? missing : troubled(runs);
    }

    /** 3.58.6: what a tool calls an error of its own leaves its results wrong or not whole, though it ended well. */
    private static Optional<Blind> troubled(List<SarifRun> runs) {
        List<String> all = runs.stream()
                .flatMap(run -> run.troubles().stream().map(trouble -> run.tool() + ": " + trouble))
                .toList();
        return all.isEmpty()
                ? Optional.empty()
                : Optional.of(new Blind(
                        "errors of the scan itself: " + Lines.some(all),
                        "mend what the tool could not do and scan again, or leave what it can't read out of the scan"));
    }

    /** A tool that is there under another name is not to be run once more. */
    private static String fix(String tool, List<String> there) {
        return there.stream()
                .filter(name -> name.toLowerCase(Locale.ROOT).contains(tool.toLowerCase(Locale.ROOT))
                        || tool.toLowerCase(Locale.ROOT).contains(name.toLowerCase(Locale.ROOT)))
                .findFirst()
                .map(name -> "write the tool's name as its file has it: tools: [" + name + "]")
                .orElse("run " + tool + " before the gate, or write its name as its file has it under tools");
    }

    private static List<SarifRun.Finding> reference(CheckContext context, String reference, Settings settings)
            throws IOException {
        boolean file = !context.files().find(reference).isEmpty();
        List<SarifRun> runs = file
                ? runs(context.files(), List.of(reference), new FilesRead())
                : runs(context.filesOf(reference), settings.texts("results"), new FilesRead());
        return runs.stream().flatMap(r -> r.findings().stream()).toList();
    }

    /** What the reference doesn't have; the same finding twice needs two of it there. */
    private static List<SarifRun.Finding> unlike(List<SarifRun.Finding> findings, List<SarifRun.Finding> reference) {
        Map<String, Integer> known = new HashMap<>();
        reference.forEach(f -> known.merge(f.print(), 1, Integer::sum));
        return findings.stream()
                .filter(f -> known.merge(f.print(), -1, Integer::sum) < 0)
                .toList();
    }
}
