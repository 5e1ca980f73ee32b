// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.check.report;

import static io.jenkins.plugins.releaseguard.contract.schema.Field.limit;
import static io.jenkins.plugins.releaseguard.contract.schema.Field.list;
import static io.jenkins.plugins.releaseguard.contract.schema.Field.text;
import static io.jenkins.plugins.releaseguard.contract.schema.FieldType.NUMBER;
import static io.jenkins.plugins.releaseguard.contract.schema.Side.HIGH;
import static io.jenkins.plugins.releaseguard.contract.schema.Side.LOW;
import static io.jenkins.plugins.releaseguard.contract.schema.Unit.COUNT;
import static io.jenkins.plugins.releaseguard.contract.schema.Unit.PERCENT;

import io.jenkins.plugins.releaseguard.contract.CheckSpec;
import io.jenkins.plugins.releaseguard.contract.Entry;
import io.jenkins.plugins.releaseguard.contract.Settings;
import io.jenkins.plugins.releaseguard.contract.Threshold;
import io.jenkins.plugins.releaseguard.contract.Threshold.Fixed;
import io.jenkins.plugins.releaseguard.contract.schema.Field;
import io.jenkins.plugins.releaseguard.contract.schema.SpecKind;
import io.jenkins.plugins.releaseguard.contract.schema.ValueReader.Fault;
import io.jenkins.plugins.releaseguard.evidence.Check;
import io.jenkins.plugins.releaseguard.evidence.CheckContext;
import io.jenkins.plugins.releaseguard.evidence.EvidenceFile;
import io.jenkins.plugins.releaseguard.evidence.Finding;
import io.jenkins.plugins.releaseguard.evidence.Origin;
import io.jenkins.plugins.releaseguard.evidence.Status;
import io.jenkins.plugins.releaseguard.evidence.TestCounts;
import io.jenkins.plugins.releaseguard.evidence.UnavailableException;
import io.jenkins.plugins.releaseguard.evidence.check.Limits;
import io.jenkins.plugins.releaseguard.evidence.check.source.FilesRead;
import io.jenkins.plugins.releaseguard.evidence.check.source.TestedBuild;
import io.jenkins.plugins.releaseguard.evidence.read.tests.Doubts;
import io.jenkins.plugins.releaseguard.evidence.read.tests.LaterRuns;
import io.jenkins.plugins.releaseguard.evidence.read.tests.TestReport;
import io.jenkins.plugins.releaseguard.evidence.read.tests.TestReports;
import io.jenkins.plugins.releaseguard.text.Lines;
import io.jenkins.plugins.releaseguard.text.Quantity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Test results: reports in JUnit's XML, TRX, NUnit 3 or xUnit 2, or what the build system has recorded of this or a named build. */
public final class TestsCheck implements Check {
    private static final Field RESULTS = list("results", "paths or patterns of result files")
            .standard("**/TEST-*.xml, **/*.trx, **/TestResult*.xml");

    private static final SpecKind KIND = SpecKind.check(
                    "tests", "Test results in JUnit's XML, TRX, NUnit 3 or xUnit 2.")
            .main(RESULTS)
            .fields(
                    text("build", "take the junit plugin's record instead: this, or job or job#number"),
                    limit("passRate", "passed of all that ran")
                            .standard(">= 100%")
                            .unit(PERCENT)
                            .good(HIGH),
                    limit("failures", "number of failed tests").unit(COUNT).good(LOW),
                    limit("skipped", "number of skipped tests, or share of all").good(LOW),
                    limit("flaky", "number of tests that passed on a rerun only, or share of those that ran")
                            .good(LOW),
                    Field.of("minimum", NUMBER, "fewer tests than this are no evidence")
                            .standard("1"),
                    list(
                            "reruns",
                            "paths or patterns of reports of later runs, oldest first; a test counts as in its last one"),
                    list("suites", "only suites whose name holds one of these"))
            .reads("minimum", TestsCheck::fewer)
            .reads("suites", TestsCheck::blank);

    private static final String CLEAR =
            "write reports whose figures can be read and whose suites show each failure, and name"
                    + " suites that they have";
    private static final String FIX = "fix the failing tests and build again";

    private static Optional<Fault> fewer(String number) {
        return Double.parseDouble(number) >= 1
                ? Optional.empty()
                : Optional.of(new Fault("fewer than one test are no evidence", "write 1 or more"));
    }

    private static Optional<Fault> blank(String suite) {
        return suite.isBlank()
                ? Optional.of(new Fault("an empty name is in every suite's", "name a suite, or leave suites out"))
                : Optional.empty();
    }

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
        Suites wanted = new Suites(settings.texts("suites"));
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
        return wanted.missing.isEmpty()
                ? whole
                : whole.doubting("no suite's name holds " + Lines.some(List.copyOf(wanted.missing)));
    }

    /** Suites by parts of their names; {@code missing} are the parts that none has held so far. */
    private static final class Suites implements Predicate<String> {
        private final List<String> parts;
        private final Set<String> missing;

        private Suites(List<String> parts) {
            this.parts = parts;
            this.missing = new LinkedHashSet<>(parts);
        }

        @Override
        public boolean test(String name) {
            missing.removeIf(name::contains);
            return parts.isEmpty() || parts.stream().anyMatch(name::contains);
        }
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
        Doubts doubts = report.doubts();
        String why = doubts.namesakes();
        String more = flaky
                + (doubts.tests() > 0 ? "; " + why : "")
                + (doubts.reasons().isEmpty() ? "" : "; " + Lines.some(doubts.reasons()))
                + (told.isEmpty() ? "" : "; " + Lines.some(told));
        double minimum = Math.max(1, settings.number("minimum").orElse(1.0));
        long surely = ran - doubts.failures();
        if (surely < minimum) {
            return found.value(Quantity.count(ran, "test"))
                    .limit(Quantity.count(minimum, "test") + " or more")
                    .unknown("too few tests ran to tell: " + tally + more, "run the tests before the gate, in full");
        }
        double flakes = counts.flaky() < 0 ? Double.NaN : counts.flaky();
        double best = (double) counts.passed() / surely;
        long fewest = counts.failed() - doubts.failures();
        Finding finding = new Limits()
                .want("pass rate", settings.threshold("passRate"), counts.passRate(), best, "%", why)
                .want("failures", settings.threshold("failures"), fewest, counts.failed(), "", why)
                .want(
                        "skipped",
                        settings.threshold("skipped"),
                        share(settings, "skipped", counts.skipped(), counts.total()),
                        unit(settings, "skipped"))
                .want(
                        "flaky",
                        settings.threshold("flaky"),
                        share(settings, "flaky", flakes, ran),
                        share(
                                settings,
                                "flaky",
                                whole || counts.flaky() < 0 ? flakes + doubts.tests() : counts.passed(),
                                surely),
                        unit(settings, "flaky"),
                        whole ? why : "the junit plugin records failures before a pass, and no errors")
                .conclude(found, tally + more, tally + failed + more, FIX);
        return finding.status() == Status.PASS && !doubts.reasons().isEmpty()
                ? found.unknown(Lines.some(doubts.reasons()) + "; " + tally + more, CLEAR)
                : finding;
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
