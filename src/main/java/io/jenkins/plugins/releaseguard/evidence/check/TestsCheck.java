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
import io.jenkins.plugins.releaseguard.evidence.read.JunitReader;
import io.jenkins.plugins.releaseguard.text.Lines;
import io.jenkins.plugins.releaseguard.text.Quantity;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Test results: JUnit XML files, or what the build system has recorded of this or a named build. */
final class TestsCheck implements Check {
    private static final SpecKind KIND = SpecKind.check("tests", "Test results in JUnit's XML.")
            .main(list("results", "paths or patterns of result files").standard("**/TEST-*.xml"))
            .fields(
                    text("build", "take the junit plugin's record instead: this, or job or job#number"),
                    limit("passRate", "passed of all that ran")
                            .standard(">= 100%")
                            .unit(PERCENT),
                    limit("failures", "number of failed tests").unit(COUNT),
                    limit("skipped", "number of skipped tests, or share of all"),
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
            return judge(settings, fromFiles(settings, context, found), found);
        }
        TestCounts counts =
                context.tests().of(build.equals("this") ? "" : build).orElse(null);
        found.looked("tests of " + (build.equals("this") ? "this build" : build))
                .from(Origin.CONTROLLER);
        if (counts == null) {
            return found.unknown("the build has no test results", "publish them with the junit step before the gate");
        }
        return judge(settings, counts, found.at(counts.at()));
    }

    private static TestCounts fromFiles(Settings settings, CheckContext context, Finding.Builder found)
            throws IOException {
        FilesRead sighting = new FilesRead();
        List<String> suites = settings.texts("suites");
        TestCounts all = null;
        for (EvidenceFile file : FilesRead.each(context.files(), settings.texts("results"))) {
            TestCounts counts = sighting.read(
                    file,
                    in -> JunitReader.read(
                            in, name -> suites.isEmpty() || suites.stream().anyMatch(name::contains), file.modified()));
            all = all == null ? counts : sum(all, counts);
        }
        if (all == null) {
            throw new IOException("the check names no results");
        }
        sighting.into(found).at(all.at());
        return all;
    }

    private static TestCounts sum(TestCounts a, TestCounts b) {
        List<String> failures = new ArrayList<>(a.failures());
        failures.addAll(b.failures());
        Instant at = a.at().isBefore(b.at()) ? a.at() : b.at();
        return new TestCounts(
                a.passed() + b.passed(), a.failed() + b.failed(), a.skipped() + b.skipped(), failures, at);
    }

    private static Finding judge(Settings settings, TestCounts counts, Finding.Builder found) {
        long ran = counts.passed() + counts.failed();
        String tally = counts.passed() + " of " + Quantity.count(ran, "test") + " passed"
                + (counts.skipped() > 0 ? ", " + counts.skipped() + " skipped" : "");
        double minimum = Math.max(1, settings.number("minimum").orElse(1.0));
        if (ran < minimum) {
            return found.value(Quantity.count(ran, "test"))
                    .limit(Quantity.known(minimum, "") + " or more")
                    .unknown("too few tests ran to tell: " + tally, "run the tests before the gate, in full");
        }
        return new Limits()
                .want("pass rate", settings.threshold("passRate"), counts.passRate(), "%")
                .want("failures", settings.threshold("failures"), counts.failed(), "")
                .want("skipped", settings.threshold("skipped"), skipped(settings, counts), skippedUnit(settings))
                .conclude(
                        found,
                        tally,
                        tally + (counts.failures().isEmpty() ? "" : "; failed: " + Lines.some(counts.failures())),
                        FIX);
    }

    /** As a number, or as a share of all where the limit has a percent sign. */
    private static double skipped(Settings settings, TestCounts counts) {
        return skippedUnit(settings).isEmpty() ? counts.skipped() : (double) counts.skipped() / counts.total();
    }

    private static String skippedUnit(Settings settings) {
        return settings.threshold("skipped")
                .filter(t -> t.bound() instanceof Fixed f && f.unit().equals("%"))
                .map(t -> "%")
                .orElse("");
    }
}
