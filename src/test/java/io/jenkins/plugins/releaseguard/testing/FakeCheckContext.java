// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.testing;

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
import io.jenkins.plugins.releaseguard.evidence.Origin;
import io.jenkins.plugins.releaseguard.evidence.PastRelease;
import io.jenkins.plugins.releaseguard.evidence.People;
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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** A world made of what a test puts in. What it doesn't put in isn't available. */
public final class FakeCheckContext implements CheckContext {
    public static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    public static final String DIGEST = "ab".repeat(32);

    public final List<CommandCall> ran = new ArrayList<>();
    public final List<HttpCall> called = new ArrayList<>();
    public final List<String> asked = new ArrayList<>();
    private final Map<String, FakeEvidenceFile> files = new TreeMap<>();
    private final Map<String, FakeCheckContext> others = new TreeMap<>();
    private final List<PastRelease> releases = new ArrayList<>();
    private final List<Drill> drills = new ArrayList<>();
    private final List<SignOff> signs = new ArrayList<>();
    private final List<FreezeWindow> freezes = new ArrayList<>();
    private Contract contract = contract("");
    private CommandResult command;
    private Function<CommandCall, String> answers;
    private HttpResult http;
    private MetricReading reading;
    private MetricReadings readings;
    private TestCounts tests;
    private String user = "ada";
    private People people = FakePeople.USUAL;
    private final Set<String> makers = new LinkedHashSet<>();
    private List<String> fingerprints;
    private double baseline = Double.NaN;
    private String drilledIn = "";

    /** A contract with the usual release and {@code more} top-level YAML. */
    public static Contract contract(String more) {
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

    public FakeCheckContext with(Contract other) {
        contract = other;
        return this;
    }

    public FakeCheckContext contracting(String yaml) {
        return with(contract(yaml));
    }

    public FakeCheckContext file(String path, String text) {
        return file(path, text, NOW.minusSeconds(3600));
    }

    /** In any encoding. */
    public FakeCheckContext file(String path, byte[] bytes) {
        files.put(path, new FakeEvidenceFile(path, bytes, Origin.ARCHIVE, NOW.minusSeconds(3600)));
        return this;
    }

    public FakeCheckContext file(String path, String text, Instant modified) {
        files.put(path, new FakeEvidenceFile(path, text, modified));
        return this;
    }

    public FakeCheckContext other(String name, FakeCheckContext other) {
        others.put(name, other);
        return this;
    }

    /** What commands print, each its own. */
    public FakeCheckContext commands(Function<CommandCall, String> output) {
        answers = output;
        return this;
    }

    public FakeCheckContext command(int exit, String output) {
        command = new CommandResult(exit, false, output, false, Duration.ofMillis(5));
        return this;
    }

    public FakeCheckContext hanging() {
        command = new CommandResult(-1, true, "", false, Duration.ofMinutes(1));
        return this;
    }

    public FakeCheckContext http(int status, String body) {
        http = new HttpResult(
                status, "application/json", body.getBytes(StandardCharsets.UTF_8), false, Duration.ofMillis(120));
        return this;
    }

    public FakeCheckContext reading(double value) {
        return reading(value, Double.NaN, Double.NaN);
    }

    public FakeCheckContext reading(double value, double errors, double total) {
        reading = new MetricReading(value, errors, total, NOW.minusSeconds(15), "prometheus");
        return this;
    }

    public FakeCheckContext readings(MetricReadings of) {
        readings = of;
        return this;
    }

    public FakeCheckContext baseline(double level) {
        baseline = level;
        return this;
    }

    public FakeCheckContext tests(TestCounts counts) {
        tests = counts;
        return this;
    }

    public FakeCheckContext released(String environment, String digest, String verdict, boolean intact) {
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

    public FakeCheckContext drill(Duration ago, Duration took, boolean confirmed) {
        return drill(new Drill("staging", NOW.minus(ago), took, confirmed, "2.3.0 in staging, drill#7", true));
    }

    public FakeCheckContext drill(Drill one) {
        drills.add(one);
        return this;
    }

    /** Other environments have no drill on record. */
    public FakeCheckContext onlyDrilledIn(String environment) {
        drilledIn = environment;
        return this;
    }

    public FakeCheckContext signed(String by, boolean approved) {
        return signed(
                new SignOff("DEP-002", by, Set.of("release-managers"), approved, "", DIGEST, NOW.minusSeconds(600)));
    }

    public FakeCheckContext signed(SignOff sign) {
        signs.add(sign);
        return this;
    }

    /** Who started the build, or wrote what it releases. */
    public FakeCheckContext madeBy(String person) {
        makers.add(person);
        return this;
    }

    public FakeCheckContext people(People known) {
        people = known;
        return this;
    }

    public FakeCheckContext nobodyKnown() {
        user = null;
        return this;
    }

    public FakeCheckContext freeze(FreezeWindow window) {
        freezes.add(window);
        return this;
    }

    public FakeCheckContext fingerprints(List<String> builds) {
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
            return answers != null
                    ? new CommandResult(0, false, answers.apply(call), false, Duration.ofMillis(5))
                    : command == null ? CheckContext.super.commands().run(call) : command;
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
        if (readings != null) {
            return readings;
        }
        return reading == null
                ? CheckContext.super.metrics()
                : (metric, window, track) -> {
                    asked.add(metric + " " + window + " " + track);
                    return reading;
                };
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
                return drilledIn.isEmpty() || environment.isEmpty() || drilledIn.equals(environment)
                        ? drills
                        : List.of();
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
            public Set<String> authors() {
                return makers;
            }

            @Override
            public People people() {
                return people;
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
