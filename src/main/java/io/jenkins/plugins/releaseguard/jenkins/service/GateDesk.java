// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.service;

import io.jenkins.plugins.releaseguard.contract.CheckSpec;
import io.jenkins.plugins.releaseguard.contract.Contract;
import io.jenkins.plugins.releaseguard.contract.CriteriaEntry;
import io.jenkins.plugins.releaseguard.contract.Problem;
import io.jenkins.plugins.releaseguard.contract.Severity;
import io.jenkins.plugins.releaseguard.contract.lint.Lint;
import io.jenkins.plugins.releaseguard.contract.policy.Policy;
import io.jenkins.plugins.releaseguard.evidence.Evidence;
import io.jenkins.plugins.releaseguard.evidence.Finding;
import io.jenkins.plugins.releaseguard.evidence.Origin;
import io.jenkins.plugins.releaseguard.evidence.Status;
import io.jenkins.plugins.releaseguard.gate.Gate;
import io.jenkins.plugins.releaseguard.gate.GateOverride;
import io.jenkins.plugins.releaseguard.gate.GateResult;
import io.jenkins.plugins.releaseguard.gate.PolicyEvidence;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The gate of one release: gathers evidence once, asks for sign-offs anew at each look, decides. Evidence survives a restart. */
public final class GateDesk {
    private static final String FILE = "evidence.json";
    private static final String APPROVAL = "approval";
    private static final Duration USUAL_DEADLINE = Duration.ofHours(8);

    private final OpenRelease release;
    private final Contract contract;
    private final String environment;
    private final List<CriteriaEntry> entries;

    public GateDesk(OpenRelease release) {
        this.release = release;
        this.contract = release.contract();
        this.environment = release.info().environment();
        this.entries = Gate.entries(contract);
    }

    record Kept(List<Evidence> evidence) {}

    /** Gathers everything. {@code site} is the enclosing node's, null for none. */
    public void gather(NodeSite site) throws IOException, InterruptedException {
        release.folder().write(FILE, new Kept(look(entries, site)));
    }

    public boolean hasGathered() throws IOException {
        return release.folder().read(FILE, Kept.class) != null;
    }

    /** Decides on what was gathered and the sign-offs of now. */
    public GateResult decide() throws IOException, InterruptedException {
        List<Evidence> evidence = new ArrayList<>(gathered());
        List<CriteriaEntry> signed =
                entries.stream().filter(e -> approval(e).isPresent()).toList();
        if (!signed.isEmpty()) {
            for (Evidence fresh : look(signed, null)) {
                if (fresh.check().equals(APPROVAL)) {
                    evidence.replaceAll(old ->
                            old.entry().equals(fresh.entry()) && old.check().equals(APPROVAL) ? fresh : old);
                }
            }
        }
        evidence.addAll(lint());
        return Gate.decide(contract, environment, evidence, Policy.NONE, override(), Instant.now());
    }

    private List<Evidence> gathered() throws IOException {
        Kept kept = release.folder().read(FILE, Kept.class);
        return kept == null ? List.of() : kept.evidence();
    }

    private List<Evidence> look(List<CriteriaEntry> which, NodeSite site) throws InterruptedException {
        SourcesById sources = new SourcesById(release::job);
        return ReleaseGuardService.get().gather(which, new ReleaseCheckContext(release, sources, site));
    }

    /** What the contract itself owes is evidence too. */
    private List<Evidence> lint() {
        List<Problem> errors =
                Lint.check(contract).stream().filter(Problem::isError).toList();
        if (errors.isEmpty()) {
            return List.of();
        }
        Problem first = errors.get(0);
        Finding finding = new Finding(
                Status.FAIL,
                contract.file(),
                errors.size() + " broken",
                "0 rules broken",
                first.at() + ": " + first.message() + " [" + first.rule() + "]",
                first.fix(),
                Origin.CONTROLLER,
                contract.sha256(),
                Instant.now(),
                "");
        return List.of(Evidence.of(PolicyEvidence.ENTRY, "lint", true, finding, Duration.ofDays(1), Duration.ZERO));
    }

    /** For the log: what is wrong with the contract, one a line, and how much is merely worth a look. */
    public List<String> lintLines() {
        List<Problem> problems = Lint.check(contract);
        List<String> lines = new ArrayList<>();
        problems.stream().filter(Problem::isError).forEach(p -> lines.add(p.toString()));
        long warnings =
                problems.stream().filter(p -> p.severity() == Severity.WARNING).count();
        if (!problems.isEmpty()) {
            lines.add(contract.file() + ": " + lines.size() + " errors, " + warnings + " warnings, "
                    + (problems.size() - lines.size() - warnings) + " notes; release-guard lint shows them");
        }
        return lines;
    }

    private Optional<GateOverride> override() throws IOException {
        return Optional.ofNullable(release.folder().read(OpenRelease.OVERRIDE, GateOverride.class));
    }

    /** Writes what changed since {@code before} into the journal. */
    public void record(GateResult result, GateResult before) throws IOException {
        Map<String, Evidence> known = new HashMap<>();
        if (before != null) {
            before.evidence().forEach(e -> known.put(e.entry() + '/' + e.check(), e));
        }
        for (Evidence one : result.evidence()) {
            Evidence old = known.get(one.entry() + '/' + one.check());
            if (old == null || old.status() != one.status() || !old.reason().equals(one.reason())) {
                release.record(Evidences.event(one, entries));
            }
        }
    }

    // --- deadlines ---

    private static Optional<CheckSpec> approval(CriteriaEntry entry) {
        return entry.verify().stream().filter(s -> s.kind().equals(APPROVAL)).findFirst();
    }

    /** When the first of those who still have to sign is too late. */
    public Optional<Instant> deadline(GateResult result, Instant started) {
        return result.reasons().stream()
                .filter(r -> !r.awaits().isBlank())
                .map(r -> deadline(r.entry(), started))
                .min(Instant::compareTo);
    }

    private Instant deadline(String entry, Instant started) {
        return spec(entry)
                .flatMap(s -> s.settings().duration("deadline"))
                .map(started::plus)
                .orElse(started.plus(USUAL_DEADLINE));
    }

    private Optional<CheckSpec> spec(String entry) {
        return entries.stream().filter(e -> e.id().equals(entry)).findFirst().flatMap(GateDesk::approval);
    }

    /** The outcome that the contract states for a missing signature: whether every late one lets the release go on. */
    public boolean goesOnWithout(GateResult result, Instant started, Instant now) {
        return result.reasons().stream()
                .filter(r -> r.blocker())
                .allMatch(r -> !r.awaits().isBlank()
                        && !now.isBefore(deadline(r.entry(), started))
                        && spec(r.entry())
                                .map(s -> s.settings().text("otherwise").equals("conditional"))
                                .orElse(false));
    }
}
