// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.check;

import io.jenkins.plugins.releaseguard.catalog.Catalog;
import io.jenkins.plugins.releaseguard.contract.Contract;
import io.jenkins.plugins.releaseguard.contract.ContractException;
import io.jenkins.plugins.releaseguard.contract.read.Variables;
import io.jenkins.plugins.releaseguard.effect.command.CommandCall;
import io.jenkins.plugins.releaseguard.effect.command.CommandResult;
import io.jenkins.plugins.releaseguard.effect.command.Commands;
import io.jenkins.plugins.releaseguard.evidence.Approvals;
import io.jenkins.plugins.releaseguard.evidence.BuildTests;
import io.jenkins.plugins.releaseguard.evidence.CheckContext;
import io.jenkins.plugins.releaseguard.evidence.Drill;
import io.jenkins.plugins.releaseguard.evidence.EvidenceFiles;
import io.jenkins.plugins.releaseguard.evidence.Fingerprints;
import io.jenkins.plugins.releaseguard.evidence.FreezeWindow;
import io.jenkins.plugins.releaseguard.evidence.MetricReading;
import io.jenkins.plugins.releaseguard.evidence.MetricReadings;
import io.jenkins.plugins.releaseguard.evidence.PastRelease;
import io.jenkins.plugins.releaseguard.evidence.Releases;
import io.jenkins.plugins.releaseguard.evidence.SignOff;
import io.jenkins.plugins.releaseguard.evidence.TestCounts;
import io.jenkins.plugins.releaseguard.http.HttpCall;
import io.jenkins.plugins.releaseguard.http.HttpCalls;
import io.jenkins.plugins.releaseguard.http.HttpResult;
import io.jenkins.plugins.releaseguard.journal.ReleaseOutcome;
import io.jenkins.plugins.releaseguard.text.Glob;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A world made of what a test puts in. What it doesn't put in isn't available. */
final class FakeContext implements CheckContext {
    static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    static final String DIGEST = "ab".repeat(32);

    final List<CommandCall> ran = new ArrayList<>();
    final List<HttpCall> called = new ArrayList<>();
    private final Map<String, MemoryFile> files = new TreeMap<>();
    private final Map<String, FakeContext> others = new TreeMap<>();
    private final List<PastRelease> releases = new ArrayList<>();
    private final List<Drill> drills = new ArrayList<>();
    private final List<SignOff> signs = new ArrayList<>();
    private final List<FreezeWindow> freezes = new ArrayList<>();
    private Contract contract = contract("");
    private CommandResult command;
    private HttpResult http;
    private MetricReading reading;
    private TestCounts tests;
    private String user = "ada";
    private List<String> fingerprints;
    private double baseline = Double.NaN;

    /** A contract with the usual release and {@code more} top-level YAML. */
    static Contract contract(String more) {
        String yaml = """
            apiVersion: release-guard/v1
            release:
              service: checkout
              version: 2.4.0
              commit: 4be1f0c
              author: Ada
              artifacts: [{file: dist/checkout.tar.gz, sha256: %s}]
              includes: [EPIC-07, API-012]
            """.formatted(DIGEST) + more;
        try {
            return Catalog.STANDARD.reader().parse(yaml, "release.yaml", Variables.none());
        } catch (ContractException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    FakeContext with(Contract other) {
        contract = other;
        return this;
    }

    FakeContext contracting(String yaml) {
        return with(contract(yaml));
    }

    FakeContext file(String path, String text) {
        return file(path, text, NOW.minusSeconds(3600));
    }

    FakeContext file(String path, String text, Instant modified) {
        files.put(path, new MemoryFile(path, text, modified));
        return this;
    }

    FakeContext other(String name, FakeContext other) {
        others.put(name, other);
        return this;
    }

    FakeContext command(int exit, String output) {
        command = new CommandResult(exit, false, output, false, Duration.ofMillis(5));
        return this;
    }

    FakeContext hanging() {
        command = new CommandResult(-1, true, "", false, Duration.ofMinutes(1));
        return this;
    }

    FakeContext http(int status, String body) {
        http = new HttpResult(
                status, "application/json", body.getBytes(StandardCharsets.UTF_8), false, Duration.ofMillis(120));
        return this;
    }

    FakeContext reading(double value) {
        return reading(value, Double.NaN, Double.NaN);
    }

    FakeContext reading(double value, double errors, double total) {
        reading = new MetricReading(value, errors, total, NOW.minusSeconds(15), "prometheus");
        return this;
    }

    FakeContext baseline(double level) {
        baseline = level;
        return this;
    }

    FakeContext tests(TestCounts counts) {
        tests = counts;
        return this;
    }

    FakeContext released(String environment, String digest, String verdict, boolean intact) {
        releases.add(new PastRelease(
                environment,
                "2.3.0",
                "0123abc",
                Set.of(digest),
                ReleaseOutcome.of(verdict),
                intact,
                NOW.minus(Duration.ofDays(1)),
                "shop/checkout/main",
                "shop/checkout/main#41",
                "5ea1"));
        return this;
    }

    FakeContext drill(Duration ago, Duration took, boolean confirmed) {
        return drill(new Drill("staging", NOW.minus(ago), took, confirmed, "2.3.0 in staging, drill#7", true));
    }

    FakeContext drill(Drill one) {
        drills.add(one);
        return this;
    }

    FakeContext signed(String by, boolean approved) {
        return signed(
                new SignOff("DEP-002", by, Set.of("release-managers"), approved, "", DIGEST, NOW.minusSeconds(600)));
    }

    FakeContext signed(SignOff sign) {
        signs.add(sign);
        return this;
    }

    FakeContext nobodyKnown() {
        user = null;
        return this;
    }

    FakeContext freeze(FreezeWindow window) {
        freezes.add(window);
        return this;
    }

    FakeContext fingerprints(List<String> builds) {
        fingerprints = builds;
        return this;
    }

    @Override
    public Contract contract() {
        return contract;
    }

    @Override
    public String environment() {
        return "production";
    }

    @Override
    public Instant now() {
        return NOW;
    }

    @Override
    public EvidenceFiles files() {
        return glob -> List.copyOf(files.values().stream()
                .filter(f -> Glob.matches(glob, f.path()))
                .toList());
    }

    @Override
    public EvidenceFiles filesOf(String build) {
        return others.containsKey(build) ? others.get(build).files() : CheckContext.super.filesOf(build);
    }

    @Override
    public Commands commands() {
        return call -> {
            ran.add(call);
            return command == null ? CheckContext.super.commands().run(call) : command;
        };
    }

    @Override
    public HttpCalls http() {
        return call -> {
            called.add(call);
            return http == null ? CheckContext.super.http().call(call) : http;
        };
    }

    @Override
    public MetricReadings metrics() {
        return reading == null ? CheckContext.super.metrics() : (metric, window, track) -> reading;
    }

    @Override
    public double baseline(String metric) {
        return baseline;
    }

    @Override
    public BuildTests tests() {
        return build -> Optional.ofNullable(tests);
    }

    @Override
    public Releases ledger() {
        return new Releases() {
            @Override
            public List<PastRelease> releases(String environment) {
                return releases.stream()
                        .filter(r -> r.environment().equals(environment))
                        .toList();
            }

            @Override
            public List<Drill> drills(String environment) {
                return drills;
            }
        };
    }

    @Override
    public Releases ledger(String service) {
        return others.containsKey(service) ? others.get(service).ledger() : CheckContext.super.ledger(service);
    }

    @Override
    public Approvals approvals() {
        return new Approvals() {
            @Override
            public List<SignOff> of(String entry) {
                return signs.stream().filter(s -> s.entry().equals(entry)).toList();
            }

            @Override
            public Optional<String> user(String author) {
                return Optional.ofNullable(user);
            }
        };
    }

    @Override
    public List<FreezeWindow> freezes() {
        return freezes;
    }

    @Override
    public Fingerprints fingerprints() {
        return file -> {
            if (fingerprints == null) {
                return CheckContext.super.fingerprints().builds(file);
            }
            return fingerprints;
        };
    }
}
