// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rehearse;

import io.jenkins.plugins.releaseguard.cli.rehearse.chaos.Aftermath;
import io.jenkins.plugins.releaseguard.cli.rehearse.chaos.Chaos;
import io.jenkins.plugins.releaseguard.cli.rehearse.chaos.Schedule;
import io.jenkins.plugins.releaseguard.cli.rehearse.chaos.Target;
import io.jenkins.plugins.releaseguard.cli.rehearse.promql.Exposition;
import io.jenkins.plugins.releaseguard.cli.rehearse.world.VirtualClock;
import io.jenkins.plugins.releaseguard.contract.Contract;
import io.jenkins.plugins.releaseguard.contract.ContractException;
import io.jenkins.plugins.releaseguard.effect.router.HaproxyRouter;
import io.jenkins.plugins.releaseguard.effect.router.HaproxySettings;
import io.jenkins.plugins.releaseguard.evidence.CheckContext;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.JournalReader;
import io.jenkins.plugins.releaseguard.journal.Stamped;
import io.jenkins.plugins.releaseguard.lane.ThreadTimer;
import io.jenkins.plugins.releaseguard.lane.Timer;
import io.jenkins.plugins.releaseguard.metric.MetricSource;
import io.jenkins.plugins.releaseguard.metric.prometheus.PrometheusSettings;
import io.jenkins.plugins.releaseguard.metric.prometheus.PrometheusSource;
import io.jenkins.plugins.releaseguard.report.view.ReportWriter;
import io.jenkins.plugins.releaseguard.rollout.Lifecycle;
import io.jenkins.plugins.releaseguard.rollout.Plan;
import io.jenkins.plugins.releaseguard.rollout.PlanOptions;
import io.jenkins.plugins.releaseguard.rollout.Plans;
import io.jenkins.plugins.releaseguard.rollout.runner.ReleaseClock;
import io.jenkins.plugins.releaseguard.rollout.runner.Runner;
import io.jenkins.plugins.releaseguard.rollout.runner.RunnerThreads;
import io.jenkins.plugins.releaseguard.rollout.runner.SourceReadings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

/** One rehearsal from the first line of its journal, or from where it was interrupted, to the verdict and the report. */
final class Performance {
    /** The world runs this long before the baseline is captured: its metrics have a past then, and its code is warm. */
    private static final Duration WARM_UP = Duration.ofMillis(1800);

    /** Before the embedded world has answered on a machine that hardly runs it, its time waits. */
    private static final Duration BUSY = Duration.ofMinutes(1);

    private static final Duration SCRAPE_AT_LEAST = Duration.ofMillis(20);
    private static final Duration SCRAPE_AT_MOST = Duration.ofSeconds(1);

    private final Options options;
    private final Site site;
    private final Contract contract;
    private final Terminal terminal;

    private Performance(Options options, Site site, Contract contract, Terminal terminal) {
        this.options = options;
        this.site = site;
        this.contract = contract;
        this.terminal = terminal;
    }

    static Outcome begin(Options asked, Site site, Terminal terminal)
            throws IOException, ContractException, UsageException, InterruptedException {
        Contract contract = site.freeze(asked);
        Options options = asked.speed() > 0 ? asked : asked.withSpeed(Tempo.usual(contract.rollout()));
        options.write(site.folder());
        return new Performance(options, site, contract, terminal).perform(List.of());
    }

    static Outcome resume(Options options, Site site, Terminal terminal)
            throws IOException, ContractException, UsageException, InterruptedException {
        List<Stamped> past = Files.exists(site.journal())
                ? JournalReader.read(site.journal()).events()
                : List.of();
        Contract contract = past.isEmpty() || !(past.get(0).event() instanceof Event.Opened opened)
                ? site.freeze(options)
                : site.frozen(options, opened.contract());
        Performance performance = new Performance(options, site, contract, terminal);
        if (!past.isEmpty() && past.get(past.size() - 1).event() instanceof Event.Ended ended) {
            terminal.line("This rehearsal has ended already; its report is written anew.");
            return performance.report(Outcome.of(ended), List.of());
        }
        return performance.perform(past);
    }

    // some are closed before others, and a log is only there
    @SuppressWarnings("try")
    private Outcome perform(List<Stamped> past) throws IOException, UsageException, InterruptedException {
        Instant now = Instant.now();
        Instant origin = past.isEmpty() ? now : past.get(past.size() - 1).at();
        PatientTimer timer = new PatientTimer(new ThreadTimer("release-guard-timer-1"));
        VirtualClock clock = new VirtualClock(origin, options.speed(), timer::nanos);
        String environment = Site.environment(contract, options);
        Plan plan = Plans.of(
                Tempo.bearable(contract, options.speed()), environment, PlanOptions.ALONE.withSpeed(options.speed()));
        Introduction.say(terminal, contract, options, plan);
        Exposition exposition = Exposition.of(contract.metrics());
        exposition.unanswered().forEach(u -> terminal.line("  note: " + u));
        Duration pace = Tempo.length(contract.rollout())
                .dividedBy(contract.rollout().phases().size() + 1);
        try (EngineLog log = options.chaos() == null ? null : new EngineLog(site.folder());
                Embedded embedded = new Embedded(
                        options.what(),
                        exposition.families(options.exports()),
                        clock,
                        pace,
                        scrape(plan, clock),
                        Embedded.Ports.ANY);
                RehearsalChecks checks = checks(plan, clock, embedded, timer);
                RunnerThreads threads = new RunnerThreads(timer::waitFor, timer)) {
            timer.waitForUsers(embedded.world()::answered, Embedded.LOAD);
            Attendant attendant = new Attendant(options.approve(), clock.onTheWall(pace), timer);
            Progress progress = new Progress(plan, terminal);
            RehearsalPorts ports = new RehearsalPorts(
                    new AwaitedSource(source(embedded), timer),
                    router(embedded),
                    checks,
                    progress,
                    attendant::happened);
            ReleaseClock time = time(clock, timer);
            Lives lives = new Lives(plan, site.journal(), ports, time, threads, attendant);
            if (options.chaos() == null) {
                Event.Ended ended = drive(lives, checks, clock, timer, environment, past, now);
                RehearsalSummary.requests(terminal, embedded.world());
                RehearsalSummary.pace(terminal, timer.share());
                return report(Outcome.of(ended), List.of());
            }
            Schedule schedule = Schedule.of(options.chaos(), Target.of(contract, pace));
            Introduction.chaos(terminal, schedule);
            try (Chaos chaos = new Chaos(schedule, embedded.world(), clock, timer, time::wall, progress::mark, lives)) {
                chaos.skip(plan, past);
                lives.with(chaos);
                Event.Ended ended = drive(lives, checks, clock, timer, environment, past, now);
                // nothing strikes what has ended
                chaos.close();
                RehearsalSummary.requests(terminal, embedded.world());
                RehearsalSummary.pace(terminal, timer.share());
                List<Stamped> record = JournalReader.read(site.journal()).events();
                return report(Outcome.of(ended), new Aftermath(schedule, plan, record, chaos.strikes()).lines());
            }
        }
    }

    private Event.Ended drive(
            Lives lives,
            RehearsalChecks checks,
            VirtualClock clock,
            Timer timer,
            String environment,
            List<Stamped> past,
            Instant now)
            throws IOException, InterruptedException {
        Runner runner = lives.live(past);
        Thread interrupted = new Thread(() -> interrupted(lives));
        Runtime.getRuntime().addShutdownHook(interrupted);
        Rehearsal rehearsal = new Rehearsal(contract, environment, checks, clock);
        if (past.isEmpty()) {
            runner.record(rehearsal.opened(Map.of()));
        } else {
            Duration down = Duration.between(past.get(past.size() - 1).wall(), now);
            runner.resume(down, "the rehearsal was interrupted");
        }
        boolean decided = past.stream().anyMatch(s -> s.event() instanceof Event.GateDecided);
        if (runner.state().life() != Lifecycle.OPEN || decided || rehearsal.gate(runner)) {
            CountDownLatch warm = new CountDownLatch(1);
            timer.schedule(WARM_UP, warm::countDown);
            warm.await();
            runner.startCanary();
        }
        Event.Ended ended = lives.await();
        Runtime.getRuntime().removeShutdownHook(interrupted);
        terminal.clear();
        return ended;
    }

    private void interrupted(Lives lives) {
        lives.detach();
        terminal.line("Interrupted. To go on: release-guard rehearse --resume --out " + site.folder());
    }

    private Outcome report(Outcome outcome, List<String> more) throws IOException {
        ReportWriter.Written written = ReportWriter.write(site.folder());
        RehearsalSummary.say(terminal, written.report(), outcome, site.folder(), more);
        return outcome;
    }

    private RehearsalChecks checks(Plan plan, VirtualClock clock, Embedded embedded, PatientTimer timer)
            throws IOException {
        Scratch scratch = Scratch.make(
                site.scratch(),
                site.contractFolder(options),
                contract,
                embedded.world().faults().artifactDiffers());
        MetricSource source = new AwaitedSource(source(embedded), timer);
        RehearsedHttp http = new RehearsedHttp(embedded.proxyUrl());
        Supplier<CheckContext> context = () -> {
            Instant at = clock.instant();
            return new RehearsalContext(
                    contract,
                    plan.environment(),
                    at,
                    scratch,
                    Site.variables(options).values(),
                    new RehearsedSignatures(contract, at, options.approve()),
                    http,
                    new SourceReadings(source, clock));
        };
        return new RehearsalChecks(context);
    }

    private static MetricSource source(Embedded embedded) {
        return new PrometheusSource(
                PrometheusSettings.of(URI.create(embedded.prometheusUrl())).withTimeout(BUSY));
    }

    private static HaproxyRouter router(Embedded embedded) {
        return new HaproxyRouter(
                HaproxySettings.of("127.0.0.1:" + embedded.haproxyPort(), Embedded.BACKEND, "canary", "baseline")
                        .withTimeout(BUSY));
    }

    private static Duration scrape(Plan plan, VirtualClock clock) {
        Duration wanted = clock.onTheWall(plan.interval()).dividedBy(4);
        Duration least = wanted.compareTo(SCRAPE_AT_LEAST) < 0 ? SCRAPE_AT_LEAST : wanted;
        return least.compareTo(SCRAPE_AT_MOST) > 0 ? SCRAPE_AT_MOST : least;
    }

    private static ReleaseClock time(VirtualClock clock, Timer timer) {
        VirtualClock wall = new VirtualClock(Instant.now(), 1, timer::nanos);
        return new ReleaseClock() {
            @Override
            public Instant now() {
                return clock.instant();
            }

            @Override
            public Instant wall() {
                return wall.instant();
            }
        };
    }
}
