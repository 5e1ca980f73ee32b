// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.metric.prometheus;

import io.jenkins.plugins.releaseguard.async.Scope;
import io.jenkins.plugins.releaseguard.metric.prometheus.Answers.Question;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Asks the questions of a round side by side, in as few queries as hold them all. A batch that is refused is asked in its parts at once, so that
 * a look is told what it would have been told without. One that isn't answered in the time of any question fails the look as any would;
 * the next look asks the parts.
 */
final class Asking {
    private final QueryApi api;
    private final Duration timeout;
    private final BatchTrust trust;

    Asking(QueryApi api, Duration timeout, BatchTrust trust) {
        this.api = api;
        this.timeout = timeout;
        this.trust = trust;
    }

    /** @param batched whether there is time for batches that are refused, and their parts after them */
    CompletableFuture<Map<Question, List<Series>>> ask(Scope scope, List<Question> open, boolean batched) {
        if (!batched) {
            return alone(scope, open);
        }
        Set<Batch> doubted = ConcurrentHashMap.newKeySet();
        return together(
                        Batches.of(open, trust),
                        batch -> batch.isAlone() ? alone(scope, batch) : whole(scope, batch, doubted))
                .whenComplete((told, error) -> {
                    if (error != null && !(Scope.cause(error) instanceof CancellationException)) {
                        // what failed is a question alone
                        doubted.forEach(trust::pardon);
                    }
                });
    }

    private CompletableFuture<Map<Question, List<Series>>> whole(Scope scope, Batch batch, Set<Batch> doubted) {
        Question question = batch.question();
        Duration patience = batch.patience(timeout);
        return scope.start(() -> api.query(question.text(), question.at(), patience))
                .thenApply(Scope.checked(batch::split))
                .handle((told, error) -> {
                    if (error == null) {
                        return confirmed(scope, batch, told, doubted);
                    }
                    Throwable cause = Scope.cause(error);
                    boolean timeIsUp = QueryApi.isLate(cause) && leavesNoTime(patience);
                    if (timeIsUp) {
                        trust.late();
                    }
                    return timeIsUp || QueryApi.isWhateverIsAsked(cause)
                            ? CompletableFuture.<Map<Question, List<Series>>>failedFuture(cause)
                            : doubt(scope, batch, batch.parts(), doubted);
                })
                .thenCompose(Function.identity());
    }

    /** A source that doesn't know what it is asked may answer with nothing: what seems to be silent is asked alone the first time. */
    private CompletableFuture<Map<Question, List<Series>>> confirmed(
            Scope scope, Batch batch, Map<Question, List<Series>> told, Set<Batch> doubted) {
        List<Question> silent = trust.isProven(batch)
                ? List.of()
                : batch.parts().stream().filter(p -> told.get(p).isEmpty()).toList();
        CompletableFuture<Map<Question, List<Series>>> asked =
                silent.isEmpty() ? alone(scope, silent) : doubt(scope, batch, silent, doubted);
        return asked.thenApply(again -> {
            if (again.values().stream().allMatch(List::isEmpty)) {
                if (!silent.isEmpty()) {
                    trust.pardon(batch);
                }
                if (silent.size() < batch.parts().size()) {
                    trust.prove(batch);
                }
            }
            Map<Question, List<Series>> all = new HashMap<>(told);
            all.putAll(again);
            return all;
        });
    }

    /**
     * Asks parts of a batch that failed, or seems to be silent. It rests from now on, lest a look that is given up before its parts are
     * answered be followed by others like it.
     */
    private CompletableFuture<Map<Question, List<Series>>> doubt(
            Scope scope, Batch batch, List<Question> parts, Set<Batch> doubted) {
        if (!scope.isOver()) {
            doubted.add(batch);
            trust.blame(batch);
        }
        return alone(scope, parts);
    }

    private boolean leavesNoTime(Duration patience) {
        return patience.multipliedBy(2).compareTo(timeout) > 0;
    }

    private CompletableFuture<Map<Question, List<Series>>> alone(Scope scope, List<Question> questions) {
        return together(questions.stream().map(Batch::alone).toList(), batch -> alone(scope, batch));
    }

    private CompletableFuture<Map<Question, List<Series>>> alone(Scope scope, Batch one) {
        Question question = one.question();
        return scope.start(() -> api.query(question.text(), question.at(), timeout))
                .whenComplete((series, error) -> {
                    if (error != null && QueryApi.isLate(Scope.cause(error))) {
                        trust.isLateAnyway();
                    }
                })
                .thenApply(series -> Map.of(question, series));
    }

    private static CompletableFuture<Map<Question, List<Series>>> together(
            List<Batch> batches, Function<Batch, CompletableFuture<Map<Question, List<Series>>>> ask) {
        Map<Question, List<Series>> told = new ConcurrentHashMap<>();
        if (batches.isEmpty()) {
            return CompletableFuture.completedFuture(told);
        }
        CompletableFuture<Map<Question, List<Series>>> all = new CompletableFuture<>();
        AtomicInteger left = new AtomicInteger(batches.size());
        for (Batch batch : batches) {
            ask.apply(batch).whenComplete((series, error) -> {
                if (error != null) {
                    // one that fails fails the look: the others need not be waited for
                    all.completeExceptionally(Scope.cause(error));
                    return;
                }
                told.putAll(series);
                if (left.decrementAndGet() == 0) {
                    all.complete(told);
                }
            });
        }
        return all;
    }
}
