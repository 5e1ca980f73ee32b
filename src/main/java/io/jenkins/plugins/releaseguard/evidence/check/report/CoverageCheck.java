// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.check.report;

import static io.jenkins.plugins.releaseguard.contract.schema.Field.choice;
import static io.jenkins.plugins.releaseguard.contract.schema.Field.limit;
import static io.jenkins.plugins.releaseguard.contract.schema.Field.list;
import static io.jenkins.plugins.releaseguard.contract.schema.Field.text;
import static io.jenkins.plugins.releaseguard.contract.schema.Side.HIGH;
import static io.jenkins.plugins.releaseguard.contract.schema.Side.LOW;
import static io.jenkins.plugins.releaseguard.contract.schema.Unit.PERCENT;

import io.jenkins.plugins.releaseguard.contract.CheckSpec;
import io.jenkins.plugins.releaseguard.contract.Entry;
import io.jenkins.plugins.releaseguard.contract.Settings;
import io.jenkins.plugins.releaseguard.contract.Threshold;
import io.jenkins.plugins.releaseguard.contract.schema.SpecKind;
import io.jenkins.plugins.releaseguard.evidence.Check;
import io.jenkins.plugins.releaseguard.evidence.CheckContext;
import io.jenkins.plugins.releaseguard.evidence.EvidenceFile;
import io.jenkins.plugins.releaseguard.evidence.EvidenceFiles;
import io.jenkins.plugins.releaseguard.evidence.Finding;
import io.jenkins.plugins.releaseguard.evidence.UnavailableException;
import io.jenkins.plugins.releaseguard.evidence.check.Limits;
import io.jenkins.plugins.releaseguard.evidence.check.source.FilesRead;
import io.jenkins.plugins.releaseguard.evidence.check.source.OwnTimes;
import io.jenkins.plugins.releaseguard.evidence.read.Coverage;
import io.jenkins.plugins.releaseguard.evidence.read.Coverage.Count;
import io.jenkins.plugins.releaseguard.evidence.read.CoverageReader;
import io.jenkins.plugins.releaseguard.evidence.read.CoverageUnion;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Coverage of one report, or of several united: what one run covered is covered. */
public final class CoverageCheck implements Check {
    private static final SpecKind KIND = SpecKind.check(
                    "coverage", "Coverage from JaCoCo's, Cobertura's or Clover's XML, or LCOV's tracefiles.")
            .main(list("report", "paths or patterns of reports")
                    .standard("**/jacoco*.xml, **/cobertura*.xml, **/coverage.xml, **/clover*.xml, **/lcov.info"))
            .fields(
                    choice("format", List.of("auto", "jacoco", "cobertura", "clover", "lcov"), "the report's format")
                            .standard("auto"),
                    limit("line", "covered lines").unit(PERCENT).good(HIGH),
                    limit("branch", "covered branches").unit(PERCENT).good(HIGH),
                    limit("instruction", "covered instructions (JaCoCo) or statements (Clover)")
                            .unit(PERCENT)
                            .good(HIGH),
                    limit("method", "covered methods (not Cobertura)")
                            .unit(PERCENT)
                            .good(HIGH),
                    text("reference", "report to compare with: a file, or job or job#number"),
                    limit("drop", "how far line coverage may fall below the reference, in points")
                            .unit(PERCENT)
                            .good(LOW))
            .oneOf("line", "branch", "instruction", "method", "drop")
            .needs("drop", "reference");

    @Override
    public SpecKind kind() {
        return KIND;
    }

    @Override
    public Finding evaluate(Entry entry, CheckSpec spec, CheckContext context) throws IOException {
        Settings settings = spec.settings();
        FilesRead sighting = new FilesRead();
        CoverageUnion now = union(context.files(), settings.texts("report"), settings, sighting);
        OwnTimes own = new OwnTimes(sighting).all(now.times());
        Finding.Builder found = own.into(Finding.now(context));
        Limits limits = new Limits();
        List<String> told = new ArrayList<>();
        for (Figure figure : Figure.values()) {
            Optional<Threshold> limit = settings.threshold(figure.field);
            Count least = figure.of.apply(now.least());
            if (least.total() == 0) {
                limits.none(figure.plural, limit);
            } else {
                limits.want(
                        figure.plural,
                        limit,
                        least.rate(),
                        figure.of.apply(now.most()).rate(),
                        "%",
                        now.why());
            }
            boolean line = figure == Figure.LINE && told.isEmpty() && settings.has("drop");
            if (limit.isPresent() || line) {
                told.add(figure.told(least, figure.of.apply(now.most())));
            }
        }
        if (settings.threshold("drop").isPresent()) {
            CoverageUnion before = reference(settings, context);
            limits.want(
                    "drop",
                    settings.threshold("drop"),
                    now.most().line().below(before.least().line()),
                    now.least().line().below(before.most().line()),
                    "%",
                    now.why());
        }
        String covered = String.join(", ", told) + now.told() + own.told();
        return limits.conclude(
                found, covered, covered, "test what isn't covered, or set the limit to what the team agreed on");
    }

    /** What can be limited, and its words. */
    private enum Figure {
        LINE("line", "lines", Coverage::line),
        BRANCH("branch", "branches", Coverage::branch),
        INSTRUCTION("instruction", "instructions", Coverage::instruction),
        METHOD("method", "methods", Coverage::method);

        private final String field;
        private final String plural;
        private final Function<Coverage, Count> of;

        Figure(String field, String plural, Function<Coverage, Count> of) {
            this.field = field;
            this.plural = plural;
            this.of = of;
        }

        private String told(Count least, Count most) {
            if (least.total() == 0) {
                return "the report has no " + plural;
            }
            return (least.equals(most) ? "" : "at least ") + least.covered() + " of " + least.total() + " " + plural
                    + " covered";
        }
    }

    private static CoverageUnion reference(Settings settings, CheckContext context) throws IOException {
        String reference = settings.text("reference");
        if (reference.isEmpty()) {
            throw new UnavailableException(
                    "the check limits a drop, and names no reference", "name a file or a build as reference");
        }
        boolean file = !context.files().find(reference).isEmpty();
        return file
                ? union(context.files(), List.of(reference), settings, new FilesRead())
                : union(context.filesOf(reference), settings.texts("report"), settings, new FilesRead());
    }

    /** One match over all patterns is enough: the usual ones name several tools' files. */
    private static CoverageUnion union(
            EvidenceFiles files, List<String> patterns, Settings settings, FilesRead sighting) throws IOException {
        List<EvidenceFile> reports = FilesRead.any(files, patterns);
        CoverageUnion union = new CoverageUnion(reports.size() > 1);
        for (EvidenceFile report : reports) {
            sighting.read(report, in -> {
                union.add(
                        CoverageReader.report(in, settings.text("format"), reports.size() > 1), folder(report.path()));
                return union;
            });
        }
        union.close();
        return union;
    }

    private static String folder(String path) {
        return path.substring(0, path.lastIndexOf('/') + 1);
    }
}
