// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.service;

import io.jenkins.plugins.releaseguard.contract.CheckSpec;
import io.jenkins.plugins.releaseguard.contract.Contract;
import io.jenkins.plugins.releaseguard.contract.CriteriaEntry;
import io.jenkins.plugins.releaseguard.contract.policy.Policy;
import io.jenkins.plugins.releaseguard.evidence.Evidence;
import io.jenkins.plugins.releaseguard.evidence.Status;
import io.jenkins.plugins.releaseguard.gate.FindingWaiver;
import io.jenkins.plugins.releaseguard.gate.Freshness;
import io.jenkins.plugins.releaseguard.gate.Gate;
import io.jenkins.plugins.releaseguard.gate.GateOverride;
import io.jenkins.plugins.releaseguard.gate.GateResult;
import io.jenkins.plugins.releaseguard.gate.KeptEvidence;
import io.jenkins.plugins.releaseguard.gate.PolicyEvidence;
import io.jenkins.plugins.releaseguard.gate.SignOffWait;
import io.jenkins.plugins.releaseguard.jenkins.config.ReleaseGuardConfiguration;
import io.jenkins.plugins.releaseguard.jenkins.evidence.DemandedSetups;
import io.jenkins.plugins.releaseguard.jenkins.evidence.NamedSetups;
import io.jenkins.plugins.releaseguard.jenkins.evidence.ReleaseCheckContext;
import io.jenkins.plugins.releaseguard.jenkins.evidence.ReleasePolicy;
import io.jenkins.plugins.releaseguard.jenkins.evidence.SourcesById;
import io.jenkins.plugins.releaseguard.jenkins.page.WaivableFinding;
import io.jenkins.plugins.releaseguard.jenkins.scope.NodeContext;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** The gate of one release: gathers evidence once, asks for sign-offs anew at each look, decides. Evidence survives a restart. */
@Restricted(NoExternalUse.class)
public final class GateEvaluator {
    private static final String FILE = "evidence.json";
    private static final String APPROVAL = "approval";
    private static final Logger LOGGER = Logger.getLogger(GateEvaluator.class.getName());

    private final OpenRelease release;
    private final Contract contract;
    private final String environment;
    private final ReleasePolicy policy;
    private final List<CriteriaEntry> entries;

    /** What this look looks at beside what is stale. */
    private final Set<String> due = new HashSet<>();

    /** What did not count when the look began. */
    private List<DemandedSetups.Below> below = List.of();

    public GateEvaluator(OpenRelease release) {
        this.release = release;
        this.contract = release.contract();
        this.environment = release.info().environment();
        this.policy = ReleasePolicy.of(release);
        this.entries = Gate.entries(contract);
    }

    /** The enclosing node; asked for only where something must be looked at. */
    public interface EnclosingNode {
        NodeContext get() throws IOException, InterruptedException;
    }

    /** Until when each entry's signatures are waited for, for the page that asks for them. */
    record Waits(Map<String, Instant> until) {
        static final String FILE = "deadlines.json";

        /** Deadlines that have passed stay, to be told. */
        static Waits of(GateResult result, Waits before) {
            Map<String, Instant> until = new HashMap<>(before == null ? Map.of() : before.until());
            result.reasons().stream()
                    .filter(reason -> reason.deadline() != null)
                    .forEach(reason -> until.put(reason.entry(), reason.deadline()));
            return new Waits(until);
        }
    }

    /** What stood against the release at the last decision: an override is spoken for that. */
    record Against(List<String> findings) {
        static final String FILE = "against.json";
    }

    /** A gate begins, perhaps not the build's first: what was said to another one is not said to it. */
    public void begin() throws IOException {
        release.folder().delete(GateRecord.OVERRIDE);
        release.folder().delete(GateRecord.SPENT);
        release.folder().delete(Against.FILE);
        release.folder().delete(Waivable.FILE);
    }

    /**
     * Uses the override up: it was given to one gate. What it let go is known until another gate begins, since it is looked at again
     * before the first users.
     *
     * @return false where another gate has used it
     */
    public boolean spendOverride() throws IOException {
        Optional<GateOverride> given = override();
        if (given.isEmpty()) {
            return false;
        }
        release.folder().write(GateRecord.SPENT, given.get());
        return release.folder().delete(GateRecord.OVERRIDE);
    }

    /** What of that a permitted person may waive, and under which contract. */
    record Waivable(List<WaivableFinding> findings) {
        static final String FILE = "waivable.json";
    }

    public boolean hasGathered() throws IOException {
        return release.folder().read(FILE, KeptEvidence.class) != null;
    }

    /**
     * Looks at everything the first time, and then at what went stale or was not green, at what can change from one minute to the next,
     * at what a policy has come to ask for, and at the sign-offs of now.
     *
     * @return what {@link #decide} wants; it fails where the controller goes down meanwhile
     */
    public CompletableFuture<List<Evidence>> look(EnclosingNode enclosing) throws IOException, InterruptedException {
        Instant now = Instant.now();
        below = policy.below();
        Map<String, Evidence> known = known();
        boolean first = !hasGathered();
        Map<String, Instant> looked = looked();
        entries.forEach(entry -> entry.verify().stream()
                .map(spec -> entry.id() + '/' + spec.kind())
                .filter(key -> !key.endsWith('/' + APPROVAL) && Freshness.isDue(known.get(key), looked.get(key), now))
                .forEach(due::add));
        List<CriteriaEntry> which = new ArrayList<>(entries.stream()
                .filter(e -> first || e.verify().stream().anyMatch(spec -> due.contains(e.id() + '/' + spec.kind())))
                .toList());
        NodeContext node = which.isEmpty() ? null : node(enclosing, first);
        entries.stream()
                .filter(e -> approval(e).isPresent() && !which.contains(e))
                .forEach(which::add);
        policy.freeze(now).ifPresent(which::add);
        SourcesById sources = new SourcesById(release::user);
        ReleaseGuardService service = ReleaseGuardService.get();
        return service.gather(
                which,
                new ReleaseCheckContext(release, release.user(), sources, node),
                service.pools().checks(release.id()));
    }

    /** An agent that is gone meanwhile makes unknown what is looked at there, and ends no gate. */
    private NodeContext node(EnclosingNode enclosing, boolean first) throws IOException, InterruptedException {
        try {
            return enclosing.get();
        } catch (IOException e) {
            if (first) {
                throw e;
            }
            LOGGER.log(Level.INFO, e, () -> "No node for another look of " + release.id());
            return null;
        }
    }

    /**
     * Keeps what was gathered.
     *
     * @param fresh what was looked at just now
     * @return whether something of it all has gone stale meanwhile
     */
    public boolean keep(List<Evidence> fresh) throws IOException {
        Map<String, Evidence> known = merged(fresh);
        Instant now = Instant.now();
        return entries.stream().anyMatch(entry -> isOutdated(entry, known, now));
    }

    /**
     * Decides on what was gathered.
     *
     * @param fresh what was looked at just now
     * @param since when the wait for people began, also before a restart
     */
    public GateResult decide(List<Evidence> fresh, Instant since) throws IOException {
        Instant now = Instant.now();
        List<Evidence> evidence = new ArrayList<>(merged(fresh).values());
        evidence.addAll(LintEvidence.of(contract));
        evidence.addAll(policy.evidence(release.job(), now));
        evidence.addAll(NamedSetups.evidence(release, now));
        // a freeze is looked at anew each time, and not kept
        fresh.stream().filter(one -> !isOurs(one)).forEach(evidence::add);
        LetGo letGo = LetGo.of(release, policy);
        Map<String, Evidence> open = new LinkedHashMap<>();
        for (int i = 0; i < evidence.size(); i++) {
            Evidence one = evidence.get(i);
            if (letGo.mayBe(one)) {
                Evidence judged = letGo.judged(one, now);
                evidence.set(i, judged);
                open.put(which(one), judged.status() == Status.WAIVED ? judged : one);
            }
        }
        // each place's policy has spoken for itself in the evidence
        SignOffWait signOffWait = new SignOffWait(
                since, Duration.ofHours(ReleaseGuardConfiguration.get().getSignOffHours()));
        GateResult result = Gate.decide(
                contract, environment, evidence, Policy.NONE, override(), Optional.of(signOffWait), Instant.now());
        release.folder().write(Waits.FILE, Waits.of(result, release.folder().read(Waits.FILE, Waits.class)));
        release.folder().write(Against.FILE, new Against(result.findings()));
        release.folder().write(Waivable.FILE, waivable(result, open));
        return result;
    }

    /** @param waivable evidence as gathered, of what may be waived */
    private Waivable waivable(GateResult result, Map<String, Evidence> waivable) {
        List<WaivableFinding> findings = new ArrayList<>();
        for (Evidence judged : result.evidence()) {
            Evidence one = waivable.get(which(judged));
            if (one != null
                    && judged.blocker()
                    && !judged.status().green()
                    && !one.status().green()) {
                String title = entries.stream()
                        .filter(entry -> entry.id().equals(one.entry()))
                        .map(CriteriaEntry::title)
                        .findFirst()
                        .orElse("");
                findings.add(new WaivableFinding(FindingWaiver.finding(one), title, judged.reason()));
            }
        }
        return new Waivable(findings);
    }

    /** What was known with what was looked at just now, which is known from now on. */
    private Map<String, Evidence> merged(List<Evidence> fresh) throws IOException {
        Instant now = Instant.now();
        boolean first = !hasGathered();
        Map<String, Evidence> known = known();
        Map<String, Evidence> before = Map.copyOf(known);
        Map<String, Instant> looked = looked();
        boolean again = false;
        for (Evidence one : policy.counted(fresh, below)) {
            boolean asked = due.contains(key(one)) || isOutdated(one.entry(), one.check(), before, now);
            if (isOurs(one) && (asked || one.check().equals(APPROVAL))) {
                known.put(key(one), one);
            }
            if (isOurs(one) && due.remove(key(one))) {
                looked.put(key(one), now);
                again = true;
            }
        }
        if (first || again || !known.equals(before)) {
            release.folder().write(FILE, new KeptEvidence(List.copyOf(known.values()), looked));
        }
        return known;
    }

    private Map<String, Instant> looked() throws IOException {
        KeptEvidence kept = release.folder().read(FILE, KeptEvidence.class);
        return kept == null || kept.looked() == null ? new HashMap<>() : new HashMap<>(kept.looked());
    }

    private boolean isOurs(Evidence evidence) {
        return entries.stream().anyMatch(entry -> entry.id().equals(evidence.entry()));
    }

    private static String key(Evidence evidence) {
        return evidence.entry() + '/' + evidence.check();
    }

    /** A policy may say several things by one rule. */
    private static String which(Evidence evidence) {
        return key(evidence) + (evidence.entry().equals(PolicyEvidence.ENTRY) ? '/' + evidence.reason() : "");
    }

    private static boolean isOutdated(CriteriaEntry entry, Map<String, Evidence> known, Instant now) {
        return entry.verify().stream().anyMatch(spec -> isOutdated(entry.id(), spec.kind(), known, now));
    }

    /** Never looked at, or too long ago; sign-offs are asked for at each look anyway. */
    private static boolean isOutdated(String entry, String check, Map<String, Evidence> known, Instant now) {
        Evidence old = known.get(entry + '/' + check);
        return !check.equals(APPROVAL) && (old == null || old.staleAt(now));
    }

    private Map<String, Evidence> known() throws IOException {
        Map<String, Evidence> known = new LinkedHashMap<>();
        KeptEvidence kept = release.folder().read(FILE, KeptEvidence.class);
        if (kept != null) {
            kept.evidence().forEach(e -> known.put(key(e), e));
        }
        return known;
    }

    /** For the log: what is wrong with the contract, one a line, and how much is merely worth a look. */
    public List<String> lintLines() {
        return LintEvidence.lines(contract);
    }

    private Optional<GateOverride> override() throws IOException {
        return Optional.ofNullable(release.folder().read(GateRecord.OVERRIDE, GateOverride.class));
    }

    /** Writes what changed since {@code before} into the journal. */
    public void record(GateResult result, GateResult before) throws IOException {
        Map<String, Evidence> known = new HashMap<>();
        if (before != null) {
            before.evidence().forEach(e -> known.put(key(e), e));
        }
        for (Evidence one : result.evidence()) {
            Evidence old = known.get(key(one));
            if (old == null || old.status() != one.status() || !old.reason().equals(one.reason())) {
                release.record(EvidenceEvents.event(one, entries));
            }
        }
    }

    private static Optional<CheckSpec> approval(CriteriaEntry entry) {
        return entry.verify().stream().filter(s -> s.kind().equals(APPROVAL)).findFirst();
    }
}
