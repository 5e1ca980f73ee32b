// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.service;

import hudson.Util;
import io.jenkins.plugins.releaseguard.contract.CheckSpec;
import io.jenkins.plugins.releaseguard.contract.CriteriaEntry;
import io.jenkins.plugins.releaseguard.contract.RolloutSpec.Phase;
import io.jenkins.plugins.releaseguard.contract.Settings;
import io.jenkins.plugins.releaseguard.evidence.People;
import io.jenkins.plugins.releaseguard.evidence.ReleaseDigest;
import io.jenkins.plugins.releaseguard.evidence.ReleaseMakers;
import io.jenkins.plugins.releaseguard.evidence.SignOff;
import io.jenkins.plugins.releaseguard.evidence.Signers;
import io.jenkins.plugins.releaseguard.evidence.check.people.Signatures;
import io.jenkins.plugins.releaseguard.gate.FindingWaiver;
import io.jenkins.plugins.releaseguard.gate.GateOverride;
import io.jenkins.plugins.releaseguard.jenkins.evidence.JenkinsApprovals;
import io.jenkins.plugins.releaseguard.jenkins.forecast.Prospect;
import io.jenkins.plugins.releaseguard.jenkins.page.LiveFacts;
import io.jenkins.plugins.releaseguard.jenkins.page.LiveRelease;
import io.jenkins.plugins.releaseguard.jenkins.page.PendingSignOff;
import io.jenkins.plugins.releaseguard.jenkins.page.SignOffView;
import io.jenkins.plugins.releaseguard.jenkins.page.WaivableFinding;
import io.jenkins.plugins.releaseguard.jenkins.waiver.GivenWaivers;
import io.jenkins.plugins.releaseguard.journal.BreachCause;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.HoldCause;
import io.jenkins.plugins.releaseguard.journal.NoteKind;
import io.jenkins.plugins.releaseguard.journal.OperatorCommand;
import io.jenkins.plugins.releaseguard.rollout.State;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;

/** An open release as pages see it. */
record ShownRelease(OpenRelease release) implements LiveRelease {
    private static final Logger LOGGER = Logger.getLogger(ShownRelease.class.getName());

    @Override
    public LiveFacts facts() {
        RecordInfo info = release.info();
        return new LiveFacts(
                info.id(),
                info.service(),
                Util.fixNull(release.contract().release().version()),
                info.environment(),
                info.run(),
                info.orphan(),
                info.openedAt(),
                release.contract().rollout().phases().size());
    }

    @Override
    public String lateness() {
        return release.runner() == null ? "" : Lateness.ofLook(release.runner().lookWaits());
    }

    @Override
    public String expected() {
        return prospect().expected();
    }

    @Override
    public String remaining() {
        return prospect().remaining(release.state(), release.info().isEnclosed());
    }

    private Prospect prospect() {
        return ReleaseGuardService.get().prospects().of(release.id());
    }

    @Override
    public Path folder() {
        return release.folder().path();
    }

    @Override
    public State state() {
        return release.state();
    }

    @Override
    public boolean hasStarted() {
        return release.runner() != null;
    }

    @Override
    public boolean hasEnded() {
        return release.outcome() != null;
    }

    @Override
    public String digest() {
        return ReleaseDigest.of(release.contract().release());
    }

    @Override
    public Optional<List<String>> signers(String entry) {
        return release.contract().entries(CriteriaEntry.class).stream()
                .filter(criterion -> criterion.id().equals(entry))
                .flatMap(criterion -> approval(criterion).stream())
                .map(settings -> settings.texts("of"))
                .findFirst();
    }

    @Override
    public boolean hasSpoken(String entry, String person) {
        try {
            return release.signOffs().stream()
                    .anyMatch(word -> word.entry().equals(entry)
                            && word.by().equalsIgnoreCase(person)
                            && digest().equalsIgnoreCase(word.digest()));
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "Could not read the sign-offs of " + release.id());
            return false;
        }
    }

    private static Optional<Settings> approval(CriteriaEntry entry) {
        return entry.verify().stream()
                .filter(spec -> spec.kind().equals("approval"))
                .map(CheckSpec::settings)
                .findFirst();
    }

    @Override
    public People people() {
        return ReleaseGuardService.get().directory().lately();
    }

    @Override
    public People peopleNow() {
        return ReleaseGuardService.get().directory().now();
    }

    @Override
    public List<String> phaseApprovers() {
        int index = release.state().phaseIndex();
        return !hasStarted() || index < 0
                ? List.of()
                : release.runner().plan().phases().get(index).approve();
    }

    @Override
    public List<PendingSignOff> pending() {
        if (hasEnded()) {
            return List.of();
        }
        return hasStarted() ? pendingPhase() : pendingEntries();
    }

    private List<PendingSignOff> pendingPhase() {
        State state = release.state();
        if (!state.holds().containsKey(HoldCause.APPROVAL)) {
            return List.of();
        }
        Phase phase = release.runner().plan().phases().get(state.phaseIndex());
        return List.of(new PendingSignOff(
                "",
                state.phaseIndex(),
                "Phase " + phase.name(),
                phase.approve(),
                1,
                List.of(),
                "",
                Set.of(),
                null,
                ""));
    }

    private List<PendingSignOff> pendingEntries() {
        List<SignOff> all = List.of();
        Map<String, Instant> until = Map.of();
        try {
            all = release.signOffs();
            GateEvaluator.Waits waits = waits();
            until = waits == null ? until : waits.until();
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "Could not read the sign-offs of " + release.id());
        }
        List<PendingSignOff> pending = new ArrayList<>();
        for (CriteriaEntry entry : release.contract().entries(CriteriaEntry.class)) {
            List<SignOff> words =
                    all.stream().filter(word -> word.entry().equals(entry.id())).toList();
            Instant deadline = until.get(entry.id());
            approval(entry)
                    .flatMap(settings -> pending(entry, settings, words, deadline))
                    .ifPresent(pending::add);
        }
        return pending;
    }

    private GateEvaluator.Waits waits() throws IOException {
        return release.folder().read(GateEvaluator.Waits.FILE, GateEvaluator.Waits.class);
    }

    /** Empty where nobody has to sign any more, and where nobody could: the gate then says what is missing. */
    private Optional<PendingSignOff> pending(
            CriteriaEntry entry, Settings settings, List<SignOff> words, Instant deadline) {
        List<String> of = settings.texts("of");
        Optional<Set<String>> authors = lately(settings);
        if (digest().isEmpty() || of.isEmpty() || authors.isEmpty()) {
            return Optional.empty();
        }
        Signatures.Terms terms = new Signatures.Terms(
                Signers.of(of),
                people(),
                digest(),
                authors.get(),
                settings.duration("expires").orElse(Signatures.USUAL),
                Instant.now());
        List<String> flaws = Signatures.flaws(words, terms);
        PendingSignOff pending = new PendingSignOff(
                entry.id(),
                -1,
                entry.title(),
                of,
                (int) Math.max(1, Math.ceil(settings.number("count").orElse(1.0))),
                IntStream.range(0, words.size())
                        .mapToObj(i -> SignOffView.of(words.get(i), flaws.get(i)))
                        .toList(),
                digest(),
                authors.get(),
                deadline,
                settings.text("otherwise"));
        return pending.isGiven() ? Optional.empty() : Optional.of(pending);
    }

    /** Who may not sign, as the record and the directory knew them last: a page waits for neither. Nothing where one may be missing. */
    private Optional<Set<String>> lately(Settings approval) {
        if (approval.flag("author")) {
            return Optional.of(Set.of());
        }
        try {
            return ReleaseMakers.of(
                            release.contract().release(),
                            JenkinsApprovals.recorded(
                                    release, ReleaseGuardService.get().directory()::lately))
                    .known();
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "Who made " + release.id() + " is not known");
            return Optional.empty();
        }
    }

    @Override
    public Set<String> authors(String entry) throws IOException {
        Optional<Settings> approval = release.contract().entries(CriteriaEntry.class).stream()
                .filter(criterion -> criterion.id().equals(entry))
                .flatMap(criterion -> approval(criterion).stream())
                .findFirst();
        return approval.isEmpty() || approval.get().flag("author")
                ? Set.of()
                : LetGo.makers(release).users();
    }

    @Override
    public boolean isHeld() {
        try {
            return !hasStarted() && waits() != null;
        } catch (IOException e) {
            LOGGER.log(Level.FINE, e, () -> "Whether " + release.id() + " is held can't be read");
            return false;
        }
    }

    @Override
    public void sign(SignOff signOff) throws IOException {
        release.sign(signOff);
    }

    @Override
    public List<String> against() throws IOException {
        GateEvaluator.Against known = release.folder().read(GateEvaluator.Against.FILE, GateEvaluator.Against.class);
        return known == null ? List.of() : known.findings();
    }

    @Override
    public void override(GateOverride override) throws IOException {
        release.override(override);
    }

    @Override
    public List<WaivableFinding> waivable() throws IOException {
        GateEvaluator.Waivable known = release.folder().read(GateEvaluator.Waivable.FILE, GateEvaluator.Waivable.class);
        return known == null ? List.of() : known.findings();
    }

    @Override
    public Optional<Set<String>> makers() throws IOException {
        return LetGo.makers(release).known();
    }

    @Override
    public void waive(WaivableFinding finding, String by, String reason, Instant at, Instant until) throws IOException {
        GivenWaivers.of(release.service(), release.environment())
                .add(new FindingWaiver(finding.finding(), LetGo.subject(release), by, reason, at, until));
        release.record(new Event.Noted(
                NoteKind.NOTE, by + " waived " + finding.getName() + " until " + until + ": " + reason));
    }

    @Override
    public void operate(OperatorCommand command, String by, String reason, Integer phase) {
        release.runner().operate(command, by, reason, phase);
    }

    @Override
    public void rollBack(BreachCause cause, String by, String reason) {
        release.rollBack(cause, by, reason);
    }
}
