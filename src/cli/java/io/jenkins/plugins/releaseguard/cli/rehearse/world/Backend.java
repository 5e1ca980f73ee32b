// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rehearse.world;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** A server behind the proxy: its weight (0 to 256, as in HAProxy) and state, its sessions and what was counted. */
public final class Backend {
    /** Administrative state. */
    public enum State {
        READY,
        DRAIN,
        MAINT
    }

    public static final int MAX_WEIGHT = 256;

    private final Track track;
    private final int port;
    private final int initialWeight;
    private final RequestCounts counts = new RequestCounts();
    private final AtomicLong sessions = new AtomicLong();
    private final AtomicLong connectErrors = new AtomicLong();
    private final Set<HttpWire> active = ConcurrentHashMap.newKeySet();
    private volatile int weight;
    private volatile State state = State.READY;

    Backend(Track track, int port, int weight) {
        this.track = track;
        this.port = port;
        this.initialWeight = weight;
        this.weight = weight;
    }

    public Track track() {
        return track;
    }

    public int port() {
        return port;
    }

    public int initialWeight() {
        return initialWeight;
    }

    public int weight() {
        return weight;
    }

    public void weight(int next) {
        if (next < 0 || next > MAX_WEIGHT) {
            throw new IllegalArgumentException("weight " + next);
        }
        weight = next;
    }

    public State state() {
        return state;
    }

    public void state(State next) {
        state = next;
    }

    /** The weight it takes part in balancing with. */
    public int effectiveWeight() {
        return state == State.READY ? weight : 0;
    }

    public RequestCounts counts() {
        return counts;
    }

    /** Requests sent to it so far. */
    public long total() {
        return sessions.get();
    }

    /** Requests under way. */
    public int current() {
        return active.size();
    }

    public long connectErrors() {
        return connectErrors.get();
    }

    /** Cuts the requests under way short. */
    public void shutdownSessions() {
        active.forEach(HttpWire::close);
    }

    void begin(HttpWire upstream) {
        active.add(upstream);
    }

    void end(HttpWire upstream) {
        active.remove(upstream);
    }

    void counted() {
        sessions.incrementAndGet();
    }

    void unreachable() {
        connectErrors.incrementAndGet();
    }
}
