// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.check;

import static io.jenkins.plugins.releaseguard.contract.schema.Field.limit;
import static io.jenkins.plugins.releaseguard.contract.schema.Field.list;
import static io.jenkins.plugins.releaseguard.contract.schema.Field.text;
import static io.jenkins.plugins.releaseguard.contract.schema.FieldType.NUMBER;
import static io.jenkins.plugins.releaseguard.contract.schema.Unit.COUNT;
import static io.jenkins.plugins.releaseguard.contract.schema.Unit.PERCENT;

import io.jenkins.plugins.releaseguard.contract.CheckSpec;
import io.jenkins.plugins.releaseguard.contract.Entry;
import io.jenkins.plugins.releaseguard.contract.Settings;
import io.jenkins.plugins.releaseguard.contract.Threshold;
import io.jenkins.plugins.releaseguard.contract.Threshold.Fixed;
import io.jenkins.plugins.releaseguard.contract.schema.Field;
import io.jenkins.plugins.releaseguard.contract.schema.SpecKind;
import io.jenkins.plugins.releaseguard.evidence.Check;
import io.jenkins.plugins.releaseguard.evidence.CheckContext;
import io.jenkins.plugins.releaseguard.evidence.EvidenceFile;
import io.jenkins.plugins.releaseguard.evidence.Finding;
import io.jenkins.plugins.releaseguard.evidence.Origin;
import io.jenkins.plugins.releaseguard.evidence.TestCounts;
import io.jenkins.plugins.releaseguard.evidence.check.source.FilesRead;
import io.jenkins.plugins.releaseguard.evidence.check.source.TestedBuild;
import io.jenkins.plugins.releaseguard.evidence.read.tests.TestReport;
import io.jenkins.plugins.releaseguard.evidence.read.tests.TestReports;
import io.jenkins.plugins.releaseguard.text.Lines;
import io.jenkins.plugins.releaseguard.text.Quantity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Test results: reports in JUnit's XML, TRX, NUnit 3 or xUnit 2, or what the build system has recorded of this or a named build. */
final class TestsCheck implements Check {
    private static final SpecKind KIND = SpecKind.check(
                    "tests", "Test results in JUnit's XML, TRX, NUnit 3 or xUnit 2.")
            .main(list("results", "paths or patterns of result files").standard("**/TEST-*.xml"))
            .fields(
                    text("build", "take the junit plugin's record instead: this, or job or job#number"),
                    limit("passRate", "passed of all that ran")
                            .standard(">= 100%")
                            .unit(PERCENT),
                    limit("failures", "number of failed tests").unit(COUNT),
                    limit("skipped", "number of skipped tests, or share of all"),
                    limit("flaky", "number of tests that passed on a rerun only, or share of those that ran"),
                    Field.of("minimum", NUMBER, "fewer tests than this are no evidence")
                            .standard("1"),
                    list("suites", "only suites whose name holds one of these"));

    private static final String FIX = "fix the failing tests and build again";

    @Override
    public SpecKind kind() {
        return KIND;
    }

    @Override
    public Finding evaluate(Entry entry, CheckSpec spec, CheckContext context) throws IOException {
        Settings settings = spec.settings();
        Finding.Builder found = Finding.now(context);
        String build = settings.text("build");
        if (build.isEmpty()) {
            TestReport report = fromFiles(settings, context, found);
            TestedBuild tested = new TestedBuild(report, context.contract().release());
            List<String> told = new ArrayList<>(report.told());
            told.addAll(tested.told());
            Optional<Finding> other = tested.other(found);
            return other.isPresent() ? other.get() : judge(settings, report, told, found);
        }
        TestCounts counts =
                context.tests().of(build.equals("this") ? "" : build).orElse(null);
        found.looked("tests of " + (build.equals("this") ? "this build" : build))
                .from(Origin.CONTROLLER);
        if (counts == null) {
            return found.unknown("the build has no test results", "publish them with the junit step before the gate");
        }
        TestReport recorded = new TestReport(counts, List.of(), List.of(), Set.of(), Set.of());
        return judge(settings, recorded, List.of(), found.at(counts.at()));
    }

    private static TestReport fromFiles(Settings settings, CheckContext context, Finding.Builder found)
            throws IOException {
        FilesRead sighting = new FilesRead();
        List<String> suites = settings.texts("suites");
        TestReport all = null;
        for (EvidenceFile file : FilesRead.each(context.files(), settings.texts("results"))) {
            TestReport report = sighting.read(
                    file,
                    in -> TestReports.read(
                                    in,
                                    name -> suites.isEmpty() || suites.stream().anyMatch(name::contains),
                                    file.modified())
                            .in(file.path()));
            all = all == null ? report : all.plus(report);
        }
        if (all == null) {
            throw new IOException("the check names no results");
        }
        sighting.into(found).at(all.counts().at());
        return all;
    }

    private static Finding judge(Settings settings, TestReport report, List<String> told, Finding.Builder found) {
        TestCounts counts = report.counts();
        long ran = counts.passed() + counts.failed();
        String tally = counts.passed() + " of " + Quantity.count(ran, "test") + " passed"
                + (counts.skipped() > 0 ? ", " + counts.skipped() + " skipped" : "")
                + (counts.flaky() > 0 ? ", " + counts.flaky() + " on a rerun only" : "");
        String failed = counts.failures().isEmpty() ? "" : "; failed: " + Lines.some(counts.failures());
        String flaky = report.flaky().isEmpty() ? "" : "; flaky: " + Lines.some(report.flaky());
        String more = flaky + (told.isEmpty() ? "" : "; " + Lines.some(told));
        double minimum = Math.max(1, settings.number("minimum").orElse(1.0));
        if (ran < minimum) {
            return found.value(Quantity.count(ran, "test"))
                    .limit(Quantity.count(minimum, "test") + " or more")
                    .unknown("too few tests ran to tell: " + tally + more, "run the tests before the gate, in full");
        }
        double flakes = counts.flaky() < 0 ? Double.NaN : counts.flaky();
        return new Limits()
                .want("pass rate", settings.threshold("passRate"), counts.passRate(), "%")
                .want("failures", settings.threshold("failures"), counts.failed(), "")
                .want(
                        "skipped",
                        settings.threshold("skipped"),
                        share(settings, "skipped", counts.skipped(), counts.total()),
                        unit(settings, "skipped"))
                .want(
                        "flaky",
                        settings.threshold("flaky"),
                        share(settings, "flaky", flakes, ran),
                        unit(settings, "flaky"))
                .conclude(found, tally + more, tally + failed + more, FIX);
    }

    /** As a number, or as a share of all where the limit has a percent sign. */
    private static double share(Settings settings, String limit, double number, long all) {
        return unit(settings, limit).isEmpty() ? number : number / all;
    }

    private static String unit(Settings settings, String limit) {
        return settings.threshold(limit)
                .map(Threshold::bound)
                .filter(bound -> bound instanceof Fixed fixed && fixed.unit().equals("%"))
                .map(bound -> "%")
                .orElse("");
    }
}
