// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.testing;

import io.jenkins.plugins.releaseguard.journal.BreachCause;
import io.jenkins.plugins.releaseguard.journal.ContractOrigin;
import io.jenkins.plugins.releaseguard.journal.ContractSource;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.EvidenceStatus;
import io.jenkins.plugins.releaseguard.journal.GateWord;
import io.jenkins.plugins.releaseguard.journal.HoldCause;
import io.jenkins.plugins.releaseguard.journal.LookAction;
import io.jenkins.plugins.releaseguard.journal.MetricVerdict;
import io.jenkins.plugins.releaseguard.journal.NoteKind;
import io.jenkins.plugins.releaseguard.journal.OperatorCommand;
import io.jenkins.plugins.releaseguard.journal.PhaseVerdict;
import io.jenkins.plugins.releaseguard.journal.ReleaseOutcome;
import io.jenkins.plugins.releaseguard.journal.Stamped;
import io.jenkins.plugins.releaseguard.report.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Releases as they typically go, event by event. */
public final class ReportFixture {
    public static final Instant START = Instant.parse("2026-11-02T09:00:00Z");
    private static final double[] WEIGHTS = {0, 1, 5, 25, 50, 100};

    private final List<Stamped> events = new ArrayList<>();
    private final Random random = new Random(7);
    private Instant now = START;
    private double errorFactor = 1;

    public static List<Stamped> empty() {
        return List.of();
    }

    public static List<Stamped> promoted() {
        ReportFixture release = new ReportFixture().opened("checkout").gate("pass", "go");
        release.canary();
        for (int i = 0; i < WEIGHTS.length; i++) {
            release.phase(i, 12, "pass");
        }
        release.add(1, new Event.CanaryEnded());
        release.add(
                30,
                new Event.Validated(
                        "DEP-004",
                        "Smoke tests",
                        EvidenceStatus.PASS,
                        "all journeys in 840 ms",
                        "under 2 s",
                        "12 of 12 journeys complete"));
        release.add(1, new Event.SignedOff("DEP-007", "m.ortiz", true, "Numbers look as before.", null));
        release.add(1, new Event.Noted(NoteKind.FOLLOW_UP, "Remove the feature flag saved-cards by 2026-12-01."));
        return release.add(1, new Event.Ended(ReleaseOutcome.PROMOTED, true, "all phases passed")).events;
    }

    public static List<Stamped> rolledBack() {
        ReportFixture release = new ReportFixture().opened("checkout").gate("pass", "go");
        release.canary();
        release.phase(0, 6, "pass");
        release.phase(1, 12, "pass");
        release.phase(2, 12, "pass");
        release.begin(3);
        release.look(3, 5);
        release.errorFactor = 22;
        release.look(3, 4);
        return release.breachAndRollback(true).events;
    }

    public static List<Stamped> unconfirmed() {
        ReportFixture release = new ReportFixture().opened("checkout").gate("pass", "go");
        release.canary();
        release.phase(0, 6, "pass");
        release.begin(1);
        release.errorFactor = 22;
        release.look(1, 8);
        return release.breachAndRollback(false).events;
    }

    public static List<Stamped> noGo() {
        return new ReportFixture()
                .opened("checkout")
                .gate("fail", "no-go")
                .add(1, new Event.Ended(ReleaseOutcome.NO_GO, true, "artifact digest differs"))
                .events;
    }

    public static List<Stamped> running() {
        ReportFixture release = new ReportFixture().opened("checkout").gate("pass", "go");
        release.canary();
        release.phase(0, 6, "pass");
        release.phase(1, 12, "pass");
        release.begin(2);
        release.look(2, 7);
        release.add(
                0,
                new Event.Held(
                        HoldCause.UNDECIDED,
                        "p99 latency needs 37 more canary requests, about 6 min at the present rate"));
        return release.events;
    }

    public static List<Stamped> halted() {
        ReportFixture release = new ReportFixture().opened("checkout").gate("pass", "go");
        release.canary();
        release.phase(0, 6, "unproven");
        release.begin(1);
        release.look(1, 3);
        release.add(412, new Event.Resumed(412, "controller restarted"));
        release.add(2, new Event.Looked(1, release.now, release.now, List.of(), "prometheus: connection refused"));
        release.add(2, new Event.Looked(1, release.now, release.now, List.of(), "prometheus: connection refused"));
        release.add(1, new Event.Operated(OperatorCommand.ABORT, "j.kim", "Wrong build picked"));
        return release.add(1, new Event.Ended(ReleaseOutcome.HALTED, true, "stopped by j.kim: wrong build picked"))
                .events;
    }

    /** Every text field tries to break out of the page. */
    public static List<Stamped> hostile(String text) {
        ReportFixture release = new ReportFixture();
        release.add(
                0,
                new Event.Opened(
                        text,
                        text,
                        text,
                        text,
                        text,
                        text,
                        text,
                        text,
                        Map.of(text, text),
                        text,
                        text,
                        Map.of("log", "javascript:alert(1)", text, "https://example.com/\"><script>alert(2)</script>"),
                        60,
                        false,
                        List.of(new Event.RiskNoted(text, text, text, text, text, text)),
                        List.of(new Event.Written(text, text, text)),
                        new ContractOrigin(ContractSource.WORKSPACE, text, text)));
        release.add(
                1,
                new Event.EvidenceGathered(
                        text,
                        text,
                        text,
                        text,
                        EvidenceStatus.FAIL,
                        true,
                        text,
                        text,
                        text,
                        text,
                        text,
                        text,
                        START,
                        1));
        release.add(1, new Event.SignedOff(text, text, false, text, text));
        release.add(1, new Event.GateDecided(GateWord.GO, List.of(text), text, text));
        release.canary();
        release.add(1, new Event.PhaseStarted(0, text, 1, text));
        release.add(1, new Event.Intended(text, text, text));
        release.add(1, new Event.Done(text, text, 1));
        release.add(1, new Event.Looked(0, release.now, release.now, List.of(sample(text, 1, 100, 1, 100)), text));
        release.add(
                1,
                new Event.Judged(
                        0, LookAction.of(text), text, List.of(finding(text, text, text, text, 0.1, 0.1, text))));
        release.add(1, new Event.Held(HoldCause.of(text), text));
        release.add(1, new Event.Operated(OperatorCommand.of(text), text, text));
        release.add(1, new Event.Breached(BreachCause.of(text), text, text, text, text, text, release.now));
        release.add(1, new Event.RollbackStarted(text, 1, 1, false));
        release.add(1, new Event.RollbackUnconfirmed(text, 61));
        release.add(1, new Event.Validated(text, text, EvidenceStatus.of(text), text, text, text));
        release.add(1, new Event.Noted(NoteKind.ISSUE, text));
        release.add(1, new Event.Noted(NoteKind.FOLLOW_UP, text));
        release.add(1, new Event.Gap(1, text));
        release.add(1, new Event.Unknown(text, Map.of(text, text)));
        return release.add(1, new Event.Ended(ReleaseOutcome.ROLLED_BACK, false, text)).events;
    }

    /** A release in which everything happens once. */
    public static List<Stamped> everything() {
        ReportFixture release = new ReportFixture().opened("checkout").gate("pass", "go");
        release.canary();
        release.phase(1, 3, "pass");
        release.add(1, new Event.Held(HoldCause.APPROVAL, "waits for release-managers"));
        release.add(60, new Event.Operated(OperatorCommand.APPROVE, "s.lee", "Numbers look right."));
        release.add(0, new Event.Released(HoldCause.APPROVAL));
        release.add(1, new Event.BodyEnded(1, 1, null));
        release.add(30, new Event.Resumed(25.5, "controller restarted"));
        release.add(0, new Event.Gap(2, "No space left on device"));
        release.add(1, new Event.CanaryEnded());
        release.add(
                5, new Event.Validated("DEP-004", "Smoke tests", EvidenceStatus.FAIL, "3 s", "under 2 s", "too slow"));
        release.add(1, new Event.RollbackUnconfirmed("no answer from the router yet", 3));
        return release.breachAndRollback(true).events;
    }

    private ReportFixture opened(String service) {
        return add(
                0,
                new Event.Opened(
                        service,
                        "2.14.0",
                        "9f3c1d7a52e04bb6a1f0",
                        "production",
                        "Saved cards",
                        "payments-team",
                        "release.yaml",
                        "5d41402abc4b2a76b9719d911017c5925d41402abc4b2a76b9719d911017c592",
                        Map.of(
                                "dist/checkout.tar.gz",
                                "0cc175b9c0f1b6a831c399e2697726610cc175b9c0f1b6a831c399e269772661"),
                        "a.nowak",
                        "checkout-service #412",
                        Map.of(
                                "log",
                                "https://ci.example.com/job/checkout-service/412/console",
                                "runbook",
                                "https://wiki.example.com/checkout"),
                        60,
                        false,
                        List.of(new Event.RiskNoted(
                                "RISK-003", "Card vault slows down", "medium", "high", "mitigated", "Cache")),
                        null,
                        null));
    }

    private ReportFixture gate(String digest, String decision) {
        evidence(
                "DEP-002",
                "All tests pass in staging",
                "tests",
                "pass",
                "99.2 %",
                "> 95 %",
                "1,204 of 1,214 tests passed",
                null);
        evidence(
                "DEP-003",
                "Artifact is the one that ran in staging",
                "artifact",
                digest,
                digest.equals("pass") ? "sha256 0cc175b9…" : "sha256 7d793037…",
                "sha256 0cc175b9…",
                digest.equals("pass")
                        ? "same digest as in staging"
                        : "the artifact's digest is sha256 7d793037… where the contract froze sha256 0cc175b9…",
                digest.equals("pass")
                        ? null
                        : "Deploy the artifact that was tested, or test this one and freeze its digest.");
        evidence(
                "DEP-006",
                "No critical findings",
                "sarif",
                "waived",
                "1 critical",
                "0 critical",
                "waived by s.lee until 2026-11-30: not reachable from outside",
                null);
        if (decision.equals("go")) {
            add(20, new Event.SignedOff("DEP-008", "s.lee", true, "Go ahead.", null));
        }
        add(
                1,
                new Event.GateDecided(
                        GateWord.of(decision),
                        decision.equals("go") ? List.of() : List.of("DEP-003 failed"),
                        null,
                        null));
        return this;
    }

    private void evidence(
            String id,
            String title,
            String check,
            String status,
            String value,
            String limit,
            String reason,
            String fix) {
        add(
                2,
                new Event.EvidenceGathered(
                        id,
                        "Criteria",
                        title,
                        check,
                        EvidenceStatus.of(status),
                        true,
                        value,
                        limit,
                        reason,
                        fix,
                        "fetched by the controller",
                        null,
                        now,
                        1.2));
    }

    private void canary() {
        add(1, new Event.Armed(Map.of("MON-001", 0.0001)));
        add(1, new Event.CanaryStarted(java.util.Arrays.stream(WEIGHTS).boxed().toList()));
    }

    private void phase(int index, int looks, String verdict) {
        begin(index);
        look(index, looks);
        add(
                1,
                new Event.PhaseEnded(
                        index,
                        PhaseVerdict.of(verdict),
                        looks * 30 + 4,
                        verdict.equals("pass")
                                ? "no metric is worse than its margin"
                                : "undecided at the longest bake"));
    }

    private void begin(int index) {
        double weight = WEIGHTS[index];
        add(
                1,
                new Event.PhaseStarted(
                        index,
                        weight == 0 ? "internal" : Words.percent(weight),
                        weight,
                        weight == 0 ? "internal" : "all"));
        add(0, new Event.Intended("phase-" + index + "-weight", "traffic", "weight " + Words.number(weight)));
        add(1, new Event.Done("phase-" + index + "-weight", null, 0.08));
        add(1, new Event.RouterRead("phase-" + index, weight, 100, 1000, 1, true, null, null));
        add(2, new Event.BakeStarted(index));
    }

    private void look(int phase, int looks) {
        for (int i = 0; i < looks; i++) {
            Instant from = now;
            double canary = Math.max(4, WEIGHTS[phase] * 30);
            double baseline = (100 - WEIGHTS[phase]) * 30;
            double canaryErrors = Math.round(canary * 0.002 * errorFactor * (0.6 + random.nextDouble()));
            double baselineErrors = Math.round(baseline * 0.002 * (0.8 + 0.4 * random.nextDouble()));
            Event.Sample errors = sample(
                    "MON-001",
                    canaryErrors,
                    canary,
                    baseline == 0 ? null : (Double) baselineErrors,
                    baseline == 0 ? null : (Double) baseline);
            double wave = 8 * Math.sin(events.size() / 6.0);
            Event.Sample latency = new Event.Sample(
                    "MON-002",
                    1.0,
                    canary,
                    1.0,
                    baseline,
                    null,
                    null,
                    Map.of("p50", 38 + wave / 4, "p95", 142 + wave + 6 * random.nextDouble()),
                    Map.of("p50", 37 + wave / 4, "p95", 138 + wave + 3 * random.nextDouble()),
                    null);
            Event.Sample saturation = new Event.Sample(
                    "MON-003",
                    null,
                    null,
                    null,
                    null,
                    List.of(61 + wave / 2 + random.nextDouble()),
                    List.of(60 + wave / 2),
                    null,
                    null,
                    null);
            add(30, new Event.Looked(phase, from, from.plusSeconds(30), List.of(errors, latency, saturation), null));
            boolean bad = errorFactor > 1;
            add(
                    0,
                    new Event.Judged(
                            phase,
                            bad && i == looks - 1 ? LookAction.STOP : LookAction.CONTINUE,
                            bad ? "error rate is worse" : "not yet proven",
                            List.of(
                                    finding(
                                            "MON-001",
                                            "error rate",
                                            "",
                                            bad ? "fail" : "pass",
                                            canaryErrors / canary,
                                            baseline == 0 ? null : (Double) (baselineErrors / baseline),
                                            bad
                                                    ? "about 22 times the baseline's failures"
                                                    : "no worse than the margin of 10 %"),
                                    finding(
                                            "MON-002",
                                            "p95 latency",
                                            "ms",
                                            "pass",
                                            142.0,
                                            138.0,
                                            "+2.9 %, at most +6.1 %, allowed +10 %"),
                                    finding(
                                            "MON-003",
                                            "CPU",
                                            "%",
                                            "marginal",
                                            61.0,
                                            60.0,
                                            "spread is wider, level is not"))));
        }
    }

    private static Event.Sample sample(String metric, double ce, double ct, Double be, Double bt) {
        return new Event.Sample(metric, ce, ct, be, bt, null, null, null, null, null);
    }

    private static Event.Sample sample(String metric, double ce, double ct, double be, double bt) {
        return sample(metric, ce, ct, (Double) be, (Double) bt);
    }

    private static Event.Finding finding(
            String id, String name, String unit, String verdict, double canary, Double baseline, String reason) {
        return new Event.Finding(
                id,
                name,
                unit,
                MetricVerdict.of(verdict),
                canary,
                baseline,
                baseline == null ? null : (Double) (canary / baseline - 1),
                -0.01,
                0.061,
                0.1,
                "betting e-process",
                0.4,
                1.2,
                2500.0,
                reason);
    }

    private ReportFixture breachAndRollback(boolean confirmed) {
        add(
                1,
                new Event.Breached(
                        BreachCause.TRIGGER,
                        "DEP-009",
                        "MON-001",
                        "4.4 %",
                        "2 %",
                        "error rate 4.4 % is over the limit of 2 % (baseline 0.2 %) at 25 % of the traffic",
                        now));
        add(0, new Event.RollbackStarted("DEP-009", 1.2, 0.03, false));
        add(0, new Event.Intended("rollback-traffic", "traffic", "weight 0"));
        add(1, new Event.Done("rollback-traffic", null, 0.41));
        add(0, new Event.Intended("rollback-notify", "notify", "oncall"));
        add(1, new Event.Done("rollback-notify", "503 from the pager, tried 3 times", 2.1));
        add(0, new Event.RollbackActed(0.44));
        if (confirmed) {
            add(6, new Event.RollbackConfirmed(6.8, 8.47, true));
            add(45, new Event.Recovered(51));
            add(1, new Event.Noted(NoteKind.ISSUE, "The pager did not take the alert; on-call was called by phone."));
            return add(1, new Event.Ended(ReleaseOutcome.ROLLED_BACK, true, "error rate 4.4 % over 2 %"));
        }
        add(60, new Event.RollbackUnconfirmed("the router still answers weight 1 for the canary", 61.2));
        return add(1, new Event.Ended(ReleaseOutcome.ROLLED_BACK, false, "not confirmed"));
    }

    private ReportFixture add(double seconds, Event event) {
        now = now.plus(Duration.ofMillis(Math.round(seconds * 1000)));
        events.add(new Stamped(events.size() + 1, now, now, event));
        return this;
    }
}
