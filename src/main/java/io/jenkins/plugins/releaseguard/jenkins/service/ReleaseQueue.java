// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.service;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Who waits for a service and environment to be free, in order. */
final class ReleaseQueue {
    private record Waiter(String service, String environment, Runnable then) {}

    private final List<Waiter> waiters = new ArrayList<>();

    synchronized void add(String service, String environment, Runnable then) {
        waiters.add(new Waiter(service, environment, then));
    }

    /** Whoever waits no longer. */
    synchronized void remove(Runnable then) {
        waiters.removeIf(waiter -> waiter.then() == then);
    }

    synchronized List<Runnable> take(String service, String environment) {
        List<Runnable> taken = new ArrayList<>();
        for (Iterator<Waiter> it = waiters.iterator(); it.hasNext(); ) {
            Waiter waiter = it.next();
            if (waiter.service().equals(service) && waiter.environment().equals(environment)) {
                it.remove();
                taken.add(waiter.then());
            }
        }
        return taken;
    }
}
