// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.check;

import static io.jenkins.plugins.releaseguard.contract.schema.Field.choice;
import static io.jenkins.plugins.releaseguard.contract.schema.Field.limit;
import static io.jenkins.plugins.releaseguard.contract.schema.Field.list;
import static io.jenkins.plugins.releaseguard.contract.schema.Field.text;
import static io.jenkins.plugins.releaseguard.contract.schema.Unit.PERCENT;

import io.jenkins.plugins.releaseguard.contract.CheckSpec;
import io.jenkins.plugins.releaseguard.contract.Entry;
import io.jenkins.plugins.releaseguard.contract.Settings;
import io.jenkins.plugins.releaseguard.contract.schema.SpecKind;
import io.jenkins.plugins.releaseguard.evidence.Check;
import io.jenkins.plugins.releaseguard.evidence.CheckContext;
import io.jenkins.plugins.releaseguard.evidence.EvidenceFile;
import io.jenkins.plugins.releaseguard.evidence.EvidenceFiles;
import io.jenkins.plugins.releaseguard.evidence.Finding;
import io.jenkins.plugins.releaseguard.evidence.UnavailableException;
import io.jenkins.plugins.releaseguard.evidence.check.source.FilesRead;
import io.jenkins.plugins.releaseguard.evidence.read.Coverage;
import io.jenkins.plugins.releaseguard.evidence.read.CoverageReader;
import java.io.IOException;
import java.util.List;
import java.util.TreeMap;

/** Coverage of JaCoCo's or Cobertura's reports, summed over all of them. */
final class CoverageCheck implements Check {
    private static final SpecKind KIND = SpecKind.check("coverage", "Coverage from JaCoCo's or Cobertura's XML.")
            .main(list("report", "paths or patterns of reports")
                    .standard("**/jacoco*.xml, **/cobertura*.xml, **/coverage.xml"))
            .fields(
                    choice("format", List.of("auto", "jacoco", "cobertura"), "the report's format")
                            .standard("auto"),
                    limit("line", "covered lines").unit(PERCENT),
                    limit("branch", "covered branches").unit(PERCENT),
                    limit("instruction", "covered instructions (JaCoCo)").unit(PERCENT),
                    limit("method", "covered methods (JaCoCo)").unit(PERCENT),
                    text("reference", "report to compare with: a file, or job or job#number"),
                    limit("drop", "how far line coverage may fall below the reference, in points")
                            .unit(PERCENT))
            .oneOf("line", "branch", "instruction", "method", "drop");

    @Override
    public SpecKind kind() {
        return KIND;
    }

    @Override
    public Finding evaluate(Entry entry, CheckSpec spec, CheckContext context) throws IOException {
        Settings settings = spec.settings();
        FilesRead sighting = new FilesRead();
        Coverage now = sum(context.files(), settings.texts("report"), settings, sighting);
        Finding.Builder found = sighting.into(Finding.now(context));
        Limits limits = new Limits()
                .want("lines", settings.threshold("line"), now.line().rate(), "%")
                .want("branches", settings.threshold("branch"), now.branch().rate(), "%")
                .want(
                        "instructions",
                        settings.threshold("instruction"),
                        now.instruction().rate(),
                        "%")
                .want("methods", settings.threshold("method"), now.method().rate(), "%");
        if (settings.threshold("drop").isPresent()) {
            Coverage before = reference(settings, context);
            limits.want("drop", settings.threshold("drop"), now.line().below(before.line()), "%");
        }
        String lines = now.line().covered() + " of " + now.line().total() + " lines covered";
        return limits.conclude(
                found, lines, lines, "test what isn't covered, or set the limit to what the team agreed on");
    }

    private static Coverage reference(Settings settings, CheckContext context) throws IOException {
        String reference = settings.text("reference");
        if (reference.isEmpty()) {
            throw new UnavailableException(
                    "the check limits a drop, and names no reference", "name a file or a build as reference");
        }
        boolean file = !context.files().find(reference).isEmpty();
        return file
                ? sum(context.files(), List.of(reference), settings, new FilesRead())
                : sum(context.filesOf(reference), settings.texts("report"), settings, new FilesRead());
    }

    /** One match over all patterns is enough: the usual ones name several tools' files. */
    private static Coverage sum(EvidenceFiles files, List<String> patterns, Settings settings, FilesRead sighting)
            throws IOException {
        TreeMap<String, EvidenceFile> reports = new TreeMap<>();
        for (String pattern : patterns) {
            files.find(pattern).forEach(f -> reports.put(f.path(), f));
        }
        if (reports.isEmpty()) {
            throw new UnavailableException(
                    "no file matches '" + String.join("', '", patterns) + "'", FilesRead.MISSING);
        }
        Coverage sum = Coverage.NONE;
        for (EvidenceFile report : reports.values()) {
            sum = sum.plus(sighting.read(report, in -> CoverageReader.read(in, settings.text("format"))));
        }
        return sum;
    }
}
