// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.testing;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Counts the plugin's own threads, and Java's for its connections, without what another test has left behind in this process. */
public final class OurThreads {
    private static final Pattern SHARED = Pattern.compile("release-guard-(http|names|routers)-");

    private final List<Thread> before = alive();
    private int most;
    private Map<String, Integer> then = Map.of();

    private static List<Thread> alive() {
        Thread[] all = new Thread[Thread.activeCount() + 100];
        ThreadGroup root = Thread.currentThread().getThreadGroup();
        while (root.getParent() != null) {
            root = root.getParent();
        }
        int number = root.enumerate(all);
        return Arrays.stream(all, 0, number)
                .filter(thread -> thread.getName().startsWith("release-guard-")
                        || thread.getName().startsWith("HttpClient-"))
                .toList();
    }

    /** But not what all of a process have together. */
    private boolean isLeftOver(Thread thread) {
        return before.contains(thread) && !SHARED.matcher(thread.getName()).lookingAt();
    }

    /** Counts those that are alive now. */
    public synchronized void count() {
        List<Thread> now =
                alive().stream().filter(thread -> !isLeftOver(thread)).toList();
        if (now.size() > most) {
            most = now.size();
            then = new TreeMap<>();
            now.forEach(thread -> then.merge(thread.getName().replaceAll("\\d+", "#"), 1, Integer::sum));
        }
    }

    /** How many were alive at once, at most. */
    public synchronized int most() {
        return most;
    }

    /** By name, when most were alive. */
    @Override
    public synchronized String toString() {
        return then.toString();
    }
}
