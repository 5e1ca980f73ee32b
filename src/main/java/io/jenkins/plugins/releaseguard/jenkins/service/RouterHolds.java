// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.service;

import io.jenkins.plugins.releaseguard.jenkins.config.SetupKind;
import io.jenkins.plugins.releaseguard.jenkins.config.Setups;
import io.jenkins.plugins.releaseguard.jenkins.evidence.NamedSetups;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Which release drives which router: a router has one release at a time, whatever the services are called and wherever the set-ups
 * stand, since two would take each other for somebody who changes the weight. Taken when a release is armed, not by its gate, and kept
 * until the release has ended; all routers that its contract names at once, so that no two wait for each other.
 */
@Restricted(NoExternalUse.class)
public final class RouterHolds {
    private static final Logger LOGGER = Logger.getLogger(RouterHolds.class.getName());

    private record Hold(String release, String words) {}

    private final ReleaseGuardService service;
    private final Map<String, Hold> holds = new HashMap<>();
    private final Map<Runnable, OpenRelease> waiters = new LinkedHashMap<>();

    RouterHolds(ReleaseGuardService service) {
        this.service = service;
    }

    /** @return who has one of them, in words; empty where all of them are the release's now */
    public Optional<String> take(OpenRelease release) {
        Map<String, String> wanted = wanted(release);
        synchronized (this) {
            Optional<String> holder = holder(release, wanted);
            if (holder.isEmpty()) {
                put(release, wanted);
            }
            return holder;
        }
    }

    /** Of a release that is taken up again after a restart, when it drove them already. Whatever is wrong with set-ups, it goes on. */
    void hold(OpenRelease release) {
        if (release.runner() == null) {
            return;
        }
        try {
            Map<String, String> wanted = wanted(release);
            synchronized (this) {
                put(release, wanted);
            }
        } catch (RuntimeException | LinkageError e) {
            LOGGER.log(Level.WARNING, e, () -> "Nobody is kept from the routers of " + release.id());
        }
    }

    /** Calls when the routers of the release may be free; once. */
    public void whenFree(OpenRelease release, Runnable then) {
        Map<String, String> wanted = wanted(release);
        boolean free;
        synchronized (this) {
            free = holder(release, wanted).isEmpty();
            if (!free) {
                waiters.put(then, release);
            }
        }
        if (free) {
            service.submit(release.id(), then);
        }
    }

    /** Whoever was to be called by {@link #whenFree} waits no longer. */
    synchronized void forget(Runnable then) {
        waiters.remove(then);
    }

    /** The release has ended: whoever waits looks again. */
    void free(OpenRelease release) {
        Map<Runnable, OpenRelease> called = new LinkedHashMap<>();
        synchronized (this) {
            if (!holds.values().removeIf(hold -> hold.release().equals(release.id()))) {
                return;
            }
            for (Iterator<Map.Entry<Runnable, OpenRelease>> all =
                            waiters.entrySet().iterator();
                    all.hasNext(); ) {
                Map.Entry<Runnable, OpenRelease> waiter = all.next();
                called.put(waiter.getKey(), waiter.getValue());
                all.remove();
            }
        }
        called.forEach((then, waiting) -> service.submit(waiting.id(), then));
    }

    private Optional<String> holder(OpenRelease release, Map<String, String> wanted) {
        return wanted.keySet().stream()
                .map(holds::get)
                .filter(hold -> hold != null && !hold.release().equals(release.id()))
                .map(Hold::words)
                .findFirst();
    }

    private void put(OpenRelease release, Map<String, String> wanted) {
        wanted.forEach((router, id) -> holds.putIfAbsent(
                router,
                new Hold(
                        release.id(),
                        release.info().run() + ", which releases " + release.service() + " to " + release.environment()
                                + " over the router '" + id + "'")));
    }

    /** What tells a router from others, with the id that the contract gives it. */
    private static Map<String, String> wanted(OpenRelease release) {
        Map<String, String> wanted = new HashMap<>();
        for (String id : NamedSetups.routers(release.contract())) {
            Setups.seen(release.user(), SetupKind.ROUTER, id)
                    .ifPresent(seen -> seen.setup()
                            .recorded()
                            // by its addresses, since two set-ups may be of one router
                            .map(router -> router.places().stream()
                                    .map(place -> router.kind() + " " + place + " " + router.backend())
                                    .toList())
                            .orElse(List.of("id " + seen.place().getFullName() + " " + id))
                            .forEach(place -> wanted.put(place, id)));
        }
        return wanted;
    }
}
