// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.effect.router;

import io.jenkins.plugins.releaseguard.async.Scope;
import io.jenkins.plugins.releaseguard.effect.EffectException;
import io.jenkins.plugins.releaseguard.text.Lines;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * Shifts traffic by the weights of a HAProxy backend's servers, through the runtime API (level admin). Weights set so last until the
 * process is replaced: a reload brings back those of the file, and {@link #read()} shows it. Where several balancers take the same
 * traffic, each is told, and all must say the same.
 */
public final class HaproxyRouter implements TrafficRouter {
    /** Shares that differ by no more are the same, in points; of small ones a quarter. */
    private static final double SAME = 0.5;

    private static final int SHOWN = 300;

    private final HaproxySettings settings;
    private final List<Balancer> balancers = new ArrayList<>();

    public HaproxyRouter(HaproxySettings settings) {
        this.settings = settings;
        List<String> addresses = settings.addresses();
        for (int i = 0; i < addresses.size(); i++) {
            String master =
                    settings.masters().isEmpty() ? "" : settings.masters().get(i);
            balancers.add(new Balancer(settings, addresses.get(i), master));
        }
    }

    @Override
    public void shift(double weight) throws EffectException, InterruptedException {
        await(shiftAsync(weight, Runnable::run));
    }

    @Override
    public RouterReading read() throws EffectException, InterruptedException {
        return await(readAsync(Runnable::run));
    }

    private static <T> T await(CompletableFuture<T> call) throws EffectException, InterruptedException {
        try {
            return Scope.await(call);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof EffectException said) {
                throw said;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new EffectException("HAProxy could not be asked: " + e.getCause(), e.getCause());
        }
    }

    /** Holds no thread. All are told, also where one of them refuses. */
    @Override
    public CompletableFuture<Void> shiftAsync(double weight, Executor blocking) {
        if (!(weight >= 0 && weight <= 100)) {
            return CompletableFuture.failedFuture(
                    new EffectException("A share of " + weight + " % can't be set: it goes from 0 to 100"));
        }
        return each(balancer -> balancer.shift(weight), all -> null);
    }

    /** Holds no thread. */
    @Override
    public CompletableFuture<RouterReading> readAsync(Executor blocking) {
        return each(Balancer::read, this::reading);
    }

    /** What is answered of all their answers; given up, so are all. */
    private <T, A> CompletableFuture<A> each(
            Function<Balancer, CompletableFuture<T>> ask, Function<List<T>, A> answer) {
        Scope scope = new Scope();
        List<CompletableFuture<T>> calls = new ArrayList<>();
        for (Balancer balancer : balancers) {
            calls.add(scope.start(() -> ask.apply(balancer)));
        }
        return scope.answer(CompletableFuture.allOf(calls.toArray(CompletableFuture[]::new))
                .thenApply(done ->
                        answer.apply(calls.stream().map(CompletableFuture::join).toList())));
    }

    private RouterReading reading(List<Balancer.Reading> all) {
        List<RouterReading> traffic =
                all.stream().map(Balancer.Reading::traffic).toList();
        double most = traffic.stream().mapToDouble(RouterReading::weight).max().orElse(Double.NaN);
        double least = traffic.stream().mapToDouble(RouterReading::weight).min().orElse(Double.NaN);
        boolean same = most == least || least > 0 && most < 100 && most - least <= Math.min(SAME, most / 4);
        String idle = words(all, "; ", RouterGround::idle);
        return new RouterReading(
                same ? most : Double.NaN,
                sum(traffic, RouterReading::canaryRequests),
                sum(traffic, RouterReading::baselineRequests),
                sum(traffic, RouterReading::canarySessions),
                traffic.stream().allMatch(r -> Boolean.TRUE.equals(r.baselineServing())),
                new RouterGround(
                        words(all, "; ", RouterGround::set),
                        same ? idle : Lines.bounded(shares(all) + (idle.isEmpty() ? "" : "; " + idle), SHOWN),
                        unfit(all),
                        words(all, ", ", RouterGround::process),
                        words(all, "; ", RouterGround::elsewhere)));
    }

    private static String shares(List<Balancer.Reading> all) {
        return all.stream()
                .map(one -> one.address() + " gives "
                        + String.format(Locale.ROOT, "%.4g", one.traffic().weight()) + " %")
                .collect(Collectors.joining(", "));
    }

    /** Null where no one says anything; by address where there are several. */
    private static String words(List<Balancer.Reading> all, String between, Function<RouterGround, String> what) {
        if (all.stream().allMatch(one -> what.apply(one.traffic().ground()) == null)) {
            return null;
        }
        return Lines.bounded(
                all.stream()
                        .map(one -> {
                            String said = what.apply(one.traffic().ground());
                            return said == null || said.isEmpty()
                                    ? ""
                                    : all.size() == 1 ? said : one.address() + ": " + said;
                        })
                        .filter(said -> !said.isEmpty())
                        .collect(Collectors.joining(between)),
                2 * SHOWN);
    }

    /** Each process has weights of its own: where several share the listeners, each must be given. */
    private String unfit(List<Balancer.Reading> all) {
        List<String> against = new ArrayList<>();
        String own = words(all, "; ", RouterGround::unfit);
        if (own != null) {
            against.add(own);
        }
        for (Balancer.Reading one : all) {
            if (one.info().isEmpty()) {
                against.add("the answer of " + one.address() + " to 'show info' doesn't say which process it is");
                continue;
            }
            ProcessInfo info = one.info().get();
            Set<Integer> asked = new HashSet<>();
            all.forEach(other ->
                    other.info().filter(i -> i.node().equals(info.node())).ifPresent(i -> asked.add(i.number())));
            if (info.processes() > asked.size()) {
                against.add("HAProxy at " + one.address() + " runs " + info.processes() + " processes (nbproc), and "
                        + asked.size() + " of them is asked: give the address of each one's stats socket, or use"
                        + " 'nbthread' instead of 'nbproc'");
            }
        }
        return against.isEmpty() ? null : Lines.bounded(String.join("; ", against), 2 * SHOWN);
    }

    private static double sum(List<RouterReading> all, ToDoubleFunction<RouterReading> what) {
        return all.stream().mapToDouble(what).sum();
    }

    /** Routers of one process, whatever their backends, share what it takes. */
    @Override
    public String destination() {
        return "haproxy " + settings.address();
    }

    @Override
    public List<String> unproven() {
        List<String> unproven = new ArrayList<>();
        if (settings.masters().isEmpty()) {
            unproven.add(
                    "without the master's socket nobody can ask the old workers of a reload: after one in the middle"
                            + " of a release its rollback is not confirmed");
        }
        if (settings.map() != null) {
            unproven.add("HAProxy doesn't tell what is on disk: a reload brings back what the file '"
                    + settings.map().file() + "' says, so see that it gives the canary nothing");
            unproven.add("HAProxy doesn't tell its rules: see that the frontend draws from rand("
                    + settings.map().of() + ") and sends users to backend '"
                    + settings.map().canary() + "' by this map alone");
        } else if (!settings.maintenanceAtZero()) {
            unproven.add("HAProxy doesn't tell whether a backend sticks by another's table: where '"
                    + settings.backend() + "' has a 'stick … table' rule, switch on maintenance at 0 %");
        }
        return unproven;
    }

    @Override
    public String toString() {
        return "HAProxy " + settings.address() + " backend " + settings.backend()
                + (settings.map() == null ? "" : " and " + settings.map().canary());
    }
}
