// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.page;

import hudson.ExtensionList;
import hudson.model.FreeStyleBuild;
import hudson.model.Run;
import io.jenkins.plugins.releaseguard.catalog.Catalog;
import io.jenkins.plugins.releaseguard.contract.read.Variables;
import io.jenkins.plugins.releaseguard.evidence.People;
import io.jenkins.plugins.releaseguard.evidence.SignOff;
import io.jenkins.plugins.releaseguard.gate.GateOverride;
import io.jenkins.plugins.releaseguard.jenkins.scope.JenkinsPeople;
import io.jenkins.plugins.releaseguard.journal.BreachCause;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.HoldCause;
import io.jenkins.plugins.releaseguard.journal.JournalFile;
import io.jenkins.plugins.releaseguard.journal.OperatorCommand;
import io.jenkins.plugins.releaseguard.journal.Stamped;
import io.jenkins.plugins.releaseguard.ledger.Ledger;
import io.jenkins.plugins.releaseguard.ledger.LedgerEntry;
import io.jenkins.plugins.releaseguard.report.LedgerSummary;
import io.jenkins.plugins.releaseguard.report.ReportFiles;
import io.jenkins.plugins.releaseguard.report.view.ReportWriter;
import io.jenkins.plugins.releaseguard.rollout.Fold;
import io.jenkins.plugins.releaseguard.rollout.Lifecycle;
import io.jenkins.plugins.releaseguard.rollout.Plan;
import io.jenkins.plugins.releaseguard.rollout.PlanOptions;
import io.jenkins.plugins.releaseguard.rollout.Plans;
import io.jenkins.plugins.releaseguard.rollout.State;
import io.jenkins.plugins.releaseguard.testing.ReportFixture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Releases put on builds, as the service would. */
public final class PageSamples {
    public static final String EVIL = "\"'><img src=x onerror=alert(1)><script>alert(2)</script>";

    /** What a live release's artifact has. */
    static final String DIGEST = "0cc175b9c0f1b6a831c399e269772661b0f1b6a831c399e2697726610cc175b9";

    private PageSamples() {}

    /**
     * A text in every place where a name, a reason or an address stands: in a sealed release of a build, in one under way, in the ledger.
     *
     * @param open an empty folder for the one under way
     * @return the record of the one under way
     */
    public static String everywhere(FreeStyleBuild build, Path open, String text) throws Exception {
        sealed(build, "sealed-1", ReportFixture.hostile(text));
        Live release = new Live(open, ReportFixture.hostile(text).subList(0, 9));
        release.pending.add(approval(text, Instant.now().plus(Duration.ofMinutes(200)), voice(text, true, text, text)));
        release.happens(new Event.Held(HoldCause.UNDECIDED, text));
        release.words = text;
        release.expected = text;
        release.remaining = text;
        release.facts = new LiveFacts("live-1", text, text, text, build.getExternalizableId(), null, null, 4);
        Desk.install().open.put("live-1", release);
        ReleaseReportAction.attach(build, "live-1", text, text, text);
        ledger(build, "checkout", ReportFixture.hostile(text));
        JobReleases.get().note(build.getParent(), "checkout");
        return "live-1";
    }

    /** What was under way has ended. */
    public static void ended() {
        Desk.clear();
    }

    /** A sealed release of a build; gives the folder of its files. */
    public static Path promoted(FreeStyleBuild build, String record) throws Exception {
        return sealed(build, record, ReportFixture.promoted()).folder();
    }

    static ReleaseReportAction sealed(Run<?, ?> run, String record, List<Stamped> events) throws Exception {
        Event.Opened opened = (Event.Opened) events.get(0).event();
        ReleaseReportAction action =
                ReleaseReportAction.attach(run, record, opened.service(), opened.version(), opened.environment());
        journal(action.folder(), events);
        action.sealed(ReportWriter.write(action.folder()));
        return action;
    }

    static void journal(Path folder, List<Stamped> events) throws Exception {
        try (JournalFile journal = JournalFile.open(folder.resolve(ReportFiles.JOURNAL), false, Clock.systemUTC())) {
            for (Stamped event : events) {
                journal.append(event.at(), event.wall(), event.event());
            }
        }
    }

    /** The ledger's entry of a build's release, its build named as the service names it. */
    static LedgerEntry ledger(Run<?, ?> run, String service, List<Stamped> events) throws Exception {
        Path folder = Files.createTempDirectory("ledger");
        journal(folder, events);
        ReportWriter.Written written = ReportWriter.write(folder);
        LedgerEntry entry = LedgerSummary.of(written.report(), written.seal());
        LedgerEntry named = new LedgerEntry(
                entry.format(),
                service,
                entry.environment(),
                entry.version(),
                entry.commit(),
                entry.artifacts(),
                entry.verdict(),
                entry.confirmed(),
                entry.observe(),
                entry.startedAt(),
                entry.endedAt(),
                entry.seconds(),
                entry.reason(),
                run == null ? "another/job#7" : run.getExternalizableId(),
                entry.by(),
                entry.risk(),
                entry.rollbackSeconds(),
                entry.withinObjective(),
                entry.recoveredSeconds(),
                entry.requestsLost(),
                entry.seal(),
                null);
        Ledger.of(JobReleases.ledgers(), service).add(named);
        return named;
    }

    /** A release under way whose state is folded from its events, as the runner does it. */
    static final class Live implements LiveRelease {
        final Path folder;
        final List<String> heard = new ArrayList<>();
        final List<PendingSignOff> pending = new ArrayList<>();
        final Plan plan = plan();
        LiveFacts facts = new LiveFacts("checkout-live", "checkout", "1.42.0", "production", "gone#1", null, null, 4);
        String words = "6 tests failed";
        String expected = "";
        String remaining = "";
        private State state;

        Live(Path folder, List<Stamped> events) throws Exception {
            this.folder = folder;
            journal(folder, events);
            this.state = Fold.all(plan, events);
        }

        void happens(Event event) throws Exception {
            try (JournalFile journal = JournalFile.open(folder.resolve(ReportFiles.JOURNAL))) {
                Stamped stamped = journal.append(
                        ReportFixture.START.plusSeconds(90_000), ReportFixture.START.plusSeconds(90_000), event);
                state = Fold.apply(plan, state, stamped);
            }
        }

        @Override
        public LiveFacts facts() {
            return facts;
        }

        @Override
        public String expected() {
            return expected;
        }

        @Override
        public String remaining() {
            return remaining;
        }

        @Override
        public Path folder() {
            return folder;
        }

        @Override
        public State state() {
            return state;
        }

        @Override
        public boolean hasStarted() {
            return state.life() != Lifecycle.OPEN;
        }

        @Override
        public boolean hasEnded() {
            return state.outcome() != null;
        }

        @Override
        public String digest() {
            return DIGEST;
        }

        @Override
        public boolean hasSpoken(String entry, String person) {
            return pending.stream().anyMatch(one -> one.entry().equals(entry) && one.lastOf(person) != null);
        }

        @Override
        public Optional<List<String>> signers(String entry) {
            return pending.stream()
                    .filter(waiting -> waiting.entry().equals(entry))
                    .map(PendingSignOff::of)
                    .findFirst();
        }

        @Override
        public People people() {
            return new JenkinsPeople();
        }

        @Override
        public People peopleNow() {
            return new JenkinsPeople();
        }

        @Override
        public Set<String> authors(String entry) {
            return Set.of("dana");
        }

        @Override
        public boolean isHeld() {
            return !hasStarted();
        }

        @Override
        public List<String> phaseApprovers() {
            return List.of("user:manager");
        }

        @Override
        public List<PendingSignOff> pending() {
            return List.copyOf(pending);
        }

        @Override
        public void sign(SignOff signOff) {
            heard.add((signOff.approved() ? "approved" : "refused") + " by " + signOff.by() + ": " + signOff.comment());
        }

        @Override
        public List<String> against() {
            return List.of("DEP-002 tests failed ");
        }

        @Override
        public void override(GateOverride override) {
            heard.add("override by " + override.by() + ": " + override.reason());
        }

        @Override
        public List<WaivableFinding> waivable() {
            return List.of(new WaivableFinding("DEP-002 tests fail " + DIGEST, "Tests pass", words));
        }

        @Override
        public Optional<Set<String>> makers() {
            return Optional.of(Set.of("dana"));
        }

        @Override
        public void waive(WaivableFinding finding, String by, String reason, Instant at, Instant until) {
            heard.add("waived " + finding.getName() + " by " + by + ": " + reason);
        }

        @Override
        public void operate(OperatorCommand command, String by, String reason, Integer phase) {
            heard.add(command + (phase == null ? "" : " phase " + phase) + " by " + by + ": " + reason);
        }

        @Override
        public void rollBack(BreachCause cause, String by, String reason) {
            heard.add("rollback (" + cause + ") by " + by + ": " + reason);
        }
    }

    static PendingSignOff approval(String title) {
        return approval(title, Instant.now().plus(Duration.ofMinutes(200)), voice("r.lee", true, "Tried it", ""));
    }

    static PendingSignOff approval(String title, Instant deadline, SignOffView... voices) {
        return new PendingSignOff(
                "DEP-006",
                -1,
                title,
                List.of("user:manager", "group:release-managers", "user:dana", "user:named"),
                2,
                List.of(voices),
                DIGEST,
                Set.of("dana"),
                deadline,
                "no-go");
    }

    /** @param flaw empty for a word that counts */
    static SignOffView voice(String by, boolean approved, String comment, String flaw) {
        return new SignOffView(by, approved, comment, ReportFixture.START, flaw);
    }

    static final class Desk implements LiveReleases {
        final Map<String, LiveRelease> open = new HashMap<>();

        /** In the place of the one before. */
        static Desk install() {
            clear();
            Desk desk = new Desk();
            ExtensionList.lookup(LiveReleases.class).add(desk);
            return desk;
        }

        /** No release is under way any more. */
        static void clear() {
            ExtensionList<LiveReleases> all = ExtensionList.lookup(LiveReleases.class);
            all.stream().filter(Desk.class::isInstance).toList().forEach(all::remove);
        }

        @Override
        public List<LiveRelease> all() {
            return List.copyOf(open.values());
        }

        @Override
        public Optional<LiveRelease> live(String record) {
            return Optional.ofNullable(open.get(record));
        }
    }

    private static Plan plan() {
        try {
            String contract = Files.readString(Path.of("release.yaml"));
            Variables variables = Variables.unresolved(Map.of());
            return Plans.of(
                    Catalog.STANDARD.reader().parse(contract, "release.yaml", variables),
                    "production",
                    PlanOptions.ALONE);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
