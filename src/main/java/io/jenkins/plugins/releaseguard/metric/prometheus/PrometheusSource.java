// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.metric.prometheus;

import io.jenkins.plugins.releaseguard.async.Scope;
import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.http.SharedClient;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.metric.MetricSource;
import io.jenkins.plugins.releaseguard.metric.SourceExamination;
import io.jenkins.plugins.releaseguard.metric.SourceException;
import io.jenkins.plugins.releaseguard.metric.prometheus.Answers.Pending;
import io.jenkins.plugins.releaseguard.metric.prometheus.Answers.Question;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import okhttp3.OkHttpClient;

/**
 * Prometheus as a metric source, for one release. Counts are differences between raw scrapes, so looks that follow each other count
 * every scrape once; the source remembers how far it has counted at both ends of the last look. A look that begins elsewhere, the first
 * one or the first after a restart, begins with what Prometheus had stored at that time.
 */
public final class PrometheusSource implements MetricSource {
    private final PrometheusSettings settings;
    private final QueryApi api;
    private final Asking asking;
    private volatile Held held = new Held(null, Marks.NONE, null, Marks.NONE);

    public PrometheusSource(PrometheusSettings settings) {
        this(settings, SharedClient.get());
    }

    /** @param client whose connections and threads are shared; the timeouts and redirects are the settings' */
    public PrometheusSource(PrometheusSettings settings, OkHttpClient client) {
        this(settings, client, System::nanoTime);
    }

    /** @param nanos for how long a batch that failed is not asked again */
    PrometheusSource(PrometheusSettings settings, OkHttpClient client, LongSupplier nanos) {
        this.settings = settings;
        this.api = new QueryApi(client, settings);
        this.asking = new Asking(api, settings.timeout(), new BatchTrust(nanos));
    }

    /** The last look's ends. A look that was not used is asked for again from its beginning. */
    private record Held(Instant from, Marks atFrom, Instant to, Marks atTo) {
        Marks at(Instant time) {
            return time.equals(to) ? atTo : time.equals(from) ? atFrom : Marks.NONE;
        }
    }

    @Override
    public List<Event.Sample> read(List<Metric> metrics, Instant from, Instant to)
            throws SourceException, InterruptedException {
        return await(readAsync(metrics, from, to, Runnable::run));
    }

    private <T> T await(CompletableFuture<T> read) throws SourceException, InterruptedException {
        try {
            return Scope.await(read);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SourceException said) {
                throw said;
            }
            throw new SourceException(
                    api.who() + " could not be read: " + e.getCause().getClass().getSimpleName(), e.getCause());
        }
    }

    /** Holds no thread; all questions that don't depend on each other are asked side by side, and what fits in one query as one. */
    @Override
    public CompletableFuture<List<Event.Sample>> readAsync(
            List<Metric> metrics, Instant from, Instant to, Executor blocking) {
        return read(metrics, from, to, false);
    }

    /** What Prometheus sums up itself, whatever the number of scrapes; it knows nothing of looks before and after. */
    @Override
    public Event.Sample readPeriod(Metric metric, Instant from, Instant to)
            throws SourceException, InterruptedException {
        String fault = PeriodScrapes.fault(metric);
        return fault != null
                ? Event.Sample.none(metric.id(), fault)
                : await(read(List.of(metric), from, to, true)).get(0);
    }

    @Override
    public Instant oldest(Metric metric, Instant from, Instant to) throws SourceException, InterruptedException {
        Question question = OldestSample.question(metric, settings, from, to);
        if (question == null) {
            return null;
        }
        Scope scope = new Scope();
        return OldestSample.of(
                await(scope.answer(asking.ask(scope, List.of(question), false))).get(question), from, to);
    }

    private CompletableFuture<List<Event.Sample>> read(List<Metric> metrics, Instant from, Instant to, boolean period) {
        if (!from.isBefore(to) || to.toEpochMilli() == from.toEpochMilli()) {
            return CompletableFuture.failedFuture(
                    new SourceException("A look from " + from + " to " + to + " covers no time"));
        }
        Scope scope = new Scope();
        // a scrape may have been stored between two queries; twice is not by chance
        return scope.answer(attempt(scope, metrics, from, to, period)
                .exceptionallyCompose(error -> Scope.cause(error) instanceof Unbelievable
                        ? attempt(scope, metrics, from, to, period)
                        : CompletableFuture.failedFuture(error))
                .exceptionallyCompose(error -> CompletableFuture.failedFuture(
                        Scope.cause(error) instanceof Unbelievable again
                                ? new SourceException(api.who() + " is not believed: " + again.getMessage())
                                : Scope.cause(error))));
    }

    /** In rounds as a look, which an examination costs no more than. */
    @Override
    public CompletableFuture<SourceExamination> examineAsync(
            List<Metric> metrics, Instant since, Instant at, Executor blocking) {
        Scope scope = new Scope();
        return scope.answer(
                new Examining(settings, metrics, since, at, questions -> asking.ask(scope, questions, false), scope)
                        .round());
    }

    @Override
    public String destination() {
        return settings.host();
    }

    private CompletableFuture<List<Event.Sample>> attempt(
            Scope scope, List<Metric> metrics, Instant from, Instant to, boolean period) {
        long deadline = System.nanoTime() + 2 * settings.timeout().toNanos();
        return round(scope, new Look(metrics, from, to, new Answers(), held.at(from), deadline, period));
    }

    private record Look(
            List<Metric> metrics,
            Instant from,
            Instant to,
            Answers answers,
            Marks before,
            long deadline,
            boolean period) {
        Scrapes scrapes(PrometheusSettings settings) {
            return period
                    ? new PeriodScrapes(answers, from, to, metrics.get(0), settings)
                    : new Scrapes(answers, from, to, before);
        }
    }

    /** Makes the samples of what has been told; where that isn't enough, asks for the rest and tries again. */
    private CompletableFuture<List<Event.Sample>> round(Scope scope, Look look) {
        try {
            return CompletableFuture.completedFuture(samples(look));
        } catch (Pending e) {
            if (scope.isOver()) {
                return CompletableFuture.failedFuture(new CancellationException());
            }
            return ask(scope, look).thenCompose(told -> {
                told.forEach(look.answers()::tell);
                return round(scope, look);
            });
        } catch (SourceException | Unbelievable | RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private CompletableFuture<Map<Question, List<Series>>> ask(Scope scope, Look look) {
        List<Question> open = look.answers().open();
        if (System.nanoTime() > look.deadline()) {
            return CompletableFuture.failedFuture(
                    new SourceException(api.who() + " is too slow for a look: it ran out of time before the query "
                            + QueryApi.shorten(open.get(0).text())));
        }
        boolean batched =
                System.nanoTime() < look.deadline() - settings.timeout().toNanos();
        return asking.ask(scope, open, batched);
    }

    private List<Event.Sample> samples(Look look) throws SourceException, Pending, Unbelievable {
        Scrapes scrapes = look.scrapes(settings);
        SampleReader reader = new SampleReader(api, settings, scrapes, look.from(), look.to());
        look.metrics().forEach(reader::prepare);
        for (Metric metric : look.metrics()) {
            reader.fetch(metric);
        }
        List<Event.Sample> samples = new ArrayList<>();
        Pending pending = null;
        for (Metric metric : look.metrics()) {
            try {
                samples.add(reader.sample(metric));
            } catch (Pending e) {
                pending = e;
            }
        }
        if (pending != null) {
            throw pending;
        }
        if (!look.period()) {
            held = new Held(look.from(), scrapes.start(), look.to(), scrapes.end());
        }
        return samples;
    }

    /** Numbers that contradict each other. */
    static final class Unbelievable extends Exception {
        private static final long serialVersionUID = 1L;

        Unbelievable(String message) {
            super(message);
        }
    }

    @Override
    public String toString() {
        return api.who();
    }
}
