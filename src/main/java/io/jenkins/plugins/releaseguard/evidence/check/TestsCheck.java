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
import io.jenkins.plugins.releaseguard.evidence.UnavailableException;
import io.jenkins.plugins.releaseguard.evidence.check.source.FilesRead;
import io.jenkins.plugins.releaseguard.evidence.check.source.TestedBuild;
import io.jenkins.plugins.releaseguard.evidence.read.tests.LaterRuns;
import io.jenkins.plugins.releaseguard.evidence.read.tests.TestReport;
import io.jenkins.plugins.releaseguard.evidence.read.tests.TestReports;
import io.jenkins.plugins.releaseguard.text.Lines;
import io.jenkins.plugins.releaseguard.text.Quantity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Test results: reports in JUnit's XML, TRX, NUnit 3 or xUnit 2, or what the build system has recorded of this or a named build. */
final class TestsCheck implements Check {
    private static final Field RESULTS = list("results", "paths or patterns of result files")
            .standard("**/TEST-*.xml, **/*.trx, **/TestResult*.xml");

    private static final SpecKind KIND = SpecKind.check(
                    "tests", "Test results in JUnit's XML, TRX, NUnit 3 or xUnit 2.")
            .main(RESULTS)
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
                    list(
                            "reruns",
                            "paths or patterns of reports of later runs, oldest first; a test counts as in its last one"),
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
            return other.isPresent() ? other.get() : judge(settings, report, told, true, found);
        }
        TestCounts counts =
                context.tests().of(build.equals("this") ? "" : build).orElse(null);
        found.looked("tests of " + (build.equals("this") ? "this build" : build))
                .from(Origin.CONTROLLER);
        if (counts == null) {
            return found.unknown("the build has no test results", "publish them with the junit step before the gate");
        }
        TestReport recorded = TestReport.of(counts);
        return judge(settings, recorded, List.of(), false, found.at(counts.at()));
    }

    private static TestReport fromFiles(Settings settings, CheckContext context, Finding.Builder found)
            throws IOException {
        FilesRead sighting = new FilesRead();
        List<String> suites = settings.texts("suites");
        Predicate<String> wanted = name -> suites.isEmpty() || suites.stream().anyMatch(name::contains);
        List<EvidenceFile> later = reruns(settings, context);
        List<String> paths = later.stream().map(EvidenceFile::path).toList();
        TestReport all = null;
        for (EvidenceFile file : FilesRead.given(context.files(), settings, RESULTS)) {
            if (!paths.contains(file.path())) {
                TestReport report = read(file, wanted, !later.isEmpty(), sighting);
                all = all == null ? report : all.plus(report);
            }
        }
        if (all == null) {
            throw new UnavailableException(
                    "all files of results are among those of reruns",
                    "give results a path or pattern that finds the first run's");
        }
        List<TestReport> runs = new ArrayList<>();
        for (EvidenceFile file : later) {
            runs.add(read(file, wanted, true, sighting));
        }
        TestReport whole = LaterRuns.over(all, runs);
        sighting.into(found).at(whole.counts().at());
        return whole;
    }

    /** In the order of their patterns, those of one by the time when they were written. */
    private static List<EvidenceFile> reruns(Settings settings, CheckContext context) throws IOException {
        TreeMap<String, EvidenceFile> seen = new TreeMap<>();
        List<EvidenceFile> all = new ArrayList<>();
        for (String pattern : settings.texts("reruns")) {
            context.files().find(pattern).stream()
                    .sorted(Comparator.comparing(EvidenceFile::modified).thenComparing(EvidenceFile::path))
                    .filter(file -> seen.putIfAbsent(file.path(), file) == null)
                    .forEach(all::add);
        }
        return all;
    }

    private static TestReport read(EvidenceFile file, Predicate<String> wanted, boolean cases, FilesRead sighting)
            throws IOException {
        return sighting.read(
                file,
                in -> (cases
                                ? TestReports.cases(in, wanted, file.modified())
                                : TestReports.read(in, wanted, file.modified()))
                        .in(file.path()));
    }

    /** {@code whole} is whether the flaky tests are all that there are; a build's record may lack some. */
    private static Finding judge(
            Settings settings, TestReport report, List<String> told, boolean whole, Finding.Builder found) {
        TestCounts counts = report.counts();
        long ran = counts.passed() + counts.failed();
        String tally = counts.passed() + " of " + Quantity.count(ran, "test") + " passed"
                + (counts.skipped() > 0 ? ", " + counts.skipped() + " skipped" : "")
                + (counts.flaky() > 0 ? ", " + (whole ? "" : "at least ") + counts.flaky() + " on a rerun only" : "");
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
                        share(settings, "flaky", whole || counts.flaky() < 0 ? flakes : counts.passed(), ran),
                        unit(settings, "flaky"),
                        "the junit plugin records failures before a pass, and no errors")
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
