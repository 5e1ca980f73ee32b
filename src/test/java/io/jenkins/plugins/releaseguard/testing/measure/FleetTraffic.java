// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.testing.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What goes through the HAProxies of a fleet since their weights were first set: 200 requests a second each, of which the canary of a faulty fleet fails three in ten from a quarter of the traffic on. */
final class FleetTraffic {
    private static final double A_MILLI = 0.2;
    private static final double ERRORS = 0.004;
    private static final double FAULT = 0.3;
    private static final double FAULTY_FROM = 0.25;

    private final Map<String, List<Change>> changes = new ConcurrentHashMap<>();

    /** From {@code at} on the canary has a part of the traffic, from 0 to 1. */
    private record Change(long at, double share) {}

    /** @param place an address and a backend */
    void change(String place, double share) {
        List<Change> all = changes.computeIfAbsent(place, p -> new ArrayList<>());
        synchronized (all) {
            all.add(new Change(System.currentTimeMillis(), share));
        }
    }

    long requests(String place, boolean canary, long at) {
        return sum(place, at, share -> canary ? share : 1 - share);
    }

    long errors(String place, boolean canary, long at) {
        return sum(place, at, share -> canary ? share * (share < FAULTY_FROM ? ERRORS : FAULT) : (1 - share) * ERRORS);
    }

    private interface Part {
        double of(double share);
    }

    /** The baseline had all of it for an hour before. */
    private long sum(String place, long at, Part part) {
        List<Change> all = changes.computeIfAbsent(
                place, p -> new ArrayList<>(List.of(new Change(System.currentTimeMillis() - 3_600_000, 0))));
        double sum = 0;
        synchronized (all) {
            for (int i = 0; i < all.size() && all.get(i).at() < at; i++) {
                long until = i + 1 < all.size() ? Math.min(at, all.get(i + 1).at()) : at;
                sum += (until - all.get(i).at()) * A_MILLI * part.of(all.get(i).share());
            }
        }
        return (long) sum;
    }
}
