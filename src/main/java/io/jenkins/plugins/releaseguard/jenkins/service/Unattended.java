// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.service;

import hudson.Extension;
import hudson.model.PeriodicWork;
import io.jenkins.plugins.releaseguard.jenkins.effect.Channels;
import io.jenkins.plugins.releaseguard.jenkins.effect.Notifier;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Calls people about what nobody drives: releases that are held without a build or whose router keeps silent after a restart, and
 * records that can't be taken up again. Each is called until a channel took it, and again, ever more seldom, while nobody has decided. A
 * restart begins anew: too often is better than never.
 */
@Extension
@Restricted(NoExternalUse.class)
public final class Unattended extends PeriodicWork {
    private final Map<String, CallSchedule> known = new TreeMap<>();

    /** Tells people; whether a channel took it. */
    interface Call {
        boolean make() throws InterruptedException;
    }

    @Override
    public long getRecurrencePeriod() {
        return TimeUnit.SECONDS.toMillis(30);
    }

    @Override
    protected void doRun() {
        ReleaseGuardService service = ReleaseGuardService.get();
        Map<String, Call> now = new TreeMap<>();
        service.all().stream()
                .filter(OrphanAnswer::isHeld)
                // those that its contract names are called by the rollout itself
                .filter(release -> Channels.of(release.contract()).isEmpty())
                .forEach(release ->
                        now.put(release.id(), () -> new Notifier(release).reach(OrphanAnswer.held(release))));
        service.all().stream()
                .filter(release ->
                        release.resumeCheck() != null && release.resumeCheck().isUnanswered())
                .forEach(
                        release -> now.put(
                                release.id(),
                                () -> new Notifier(release)
                                        .reach(
                                                "NOT GOING ON after the restart, its router does not say where the traffic is:")));
        now.putAll(DamagedRecords.get().calls());
        call(now, service);
    }

    synchronized void call(Map<String, Call> now, ReleaseGuardService service) {
        known.keySet().retainAll(now.keySet());
        now.forEach((id, call) -> {
            CallSchedule schedule = known.computeIfAbsent(id, each -> new CallSchedule());
            if (schedule.begin(Instant.now())) {
                service.pools().call(id, () -> schedule.make(call));
            }
        });
    }

    /** When one matter is called next. */
    static final class CallSchedule {
        private static final Duration SHORTEST = Duration.ofSeconds(30);
        private static final Duration LONGEST_UNHEARD = Duration.ofMinutes(15);
        private static final Duration HEARD = Duration.ofMinutes(30);
        private static final Duration LONGEST_HEARD = Duration.ofHours(8);

        private Instant next = Instant.MIN;
        private Duration pause;
        private boolean heard;
        private boolean calling;

        /** Whether it is time, and nobody calls already. */
        synchronized boolean begin(Instant now) {
            // a clock that was set back must not put a call off for longer than the longest pause
            boolean due = !calling
                    && (!now.isBefore(next) || Duration.between(now, next).compareTo(LONGEST_HEARD) > 0);
            calling |= due;
            return due;
        }

        void make(Call call) {
            boolean took = false;
            try {
                took = call.make();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                end(took, Instant.now());
            }
        }

        synchronized void end(boolean took, Instant now) {
            boolean first = pause == null || took != heard;
            Duration start = took ? HEARD : SHORTEST;
            Duration longest = took ? LONGEST_HEARD : LONGEST_UNHEARD;
            pause = first ? start : pause.multipliedBy(2).compareTo(longest) > 0 ? longest : pause.multipliedBy(2);
            heard = took;
            next = now.plus(pause);
            calling = false;
        }

        synchronized Instant next() {
            return next;
        }
    }
}
