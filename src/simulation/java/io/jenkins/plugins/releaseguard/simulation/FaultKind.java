// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.simulation;

/** What can go wrong. All but a person's buttons and a single event end after a while. */
enum FaultKind {
    // --- what a release asks ---
    SOURCE_REFUSED(Port.SOURCE, Manner.REFUSED),
    SOURCE_SLOW(Port.SOURCE, Manner.SLOW),
    SOURCE_HANGING(Port.SOURCE, Manner.HANGING),
    SOURCE_WRONG(Port.SOURCE, Manner.WRONG),
    SOURCE_HALF(Port.SOURCE, Manner.HALF),
    SOURCE_HUGE(Port.SOURCE, Manner.HUGE),
    SOURCE_FLAPPING(Port.SOURCE, Manner.FLAPPING),
    SOURCE_GONE(Port.SOURCE, Manner.GONE),
    ROUTER_REFUSED(Port.ROUTER, Manner.REFUSED),
    ROUTER_SLOW(Port.ROUTER, Manner.SLOW),
    ROUTER_HANGING(Port.ROUTER, Manner.HANGING),
    ROUTER_WRONG(Port.ROUTER, Manner.WRONG),
    ROUTER_HALF(Port.ROUTER, Manner.HALF),
    ROUTER_HUGE(Port.ROUTER, Manner.HUGE),
    ROUTER_FLAPPING(Port.ROUTER, Manner.FLAPPING),
    ROUTER_GONE(Port.ROUTER, Manner.GONE),
    CHECK_REFUSED(Port.CHECK, Manner.REFUSED),
    CHECK_SLOW(Port.CHECK, Manner.SLOW),
    CHECK_HANGING(Port.CHECK, Manner.HANGING),
    CHECK_HUGE(Port.CHECK, Manner.HUGE),
    CHECK_GONE(Port.CHECK, Manner.GONE),
    ACTION_REFUSED(Port.ACTION, Manner.REFUSED),
    ACTION_SLOW(Port.ACTION, Manner.SLOW),
    ACTION_HANGING(Port.ACTION, Manner.HANGING),
    ACTION_HUGE(Port.ACTION, Manner.HUGE),
    ACTION_GONE(Port.ACTION, Manner.GONE),
    PEOPLE_REFUSED(Port.PEOPLE, Manner.REFUSED),
    PEOPLE_HANGING(Port.PEOPLE, Manner.HANGING),
    PEOPLE_GONE(Port.PEOPLE, Manner.GONE),
    BODY_REFUSED(Port.BODY, Manner.REFUSED),
    BODY_HANGING(Port.BODY, Manner.HANGING),
    BODY_GONE(Port.BODY, Manner.GONE),
    SET_UP_GONE(Port.SET_UP, Manner.GONE),
    LISTENER_GONE(Port.LISTENER, Manner.GONE),
    // --- its disk ---
    DISK_FULL,
    DISK_FAILING,
    DISK_GONE,
    DISK_HANGING,
    // --- its service ---
    CANARY_BAD,
    CANARY_SILENT,
    BASELINE_DOWN,
    ROUTER_RELOADED,
    ROUTER_CHANGED,
    RIVAL,
    // --- people, at any moment ---
    PAUSE,
    RESUME,
    PROMOTE,
    PROMOTE_LATE,
    APPROVE,
    TAKE,
    CLOSE,
    ROLL_BACK,
    ABORT,
    BUILD_KILLED,
    // --- all releases of the controller ---
    KILL(true),
    SUSPEND(true),
    STALL(true),
    CLOCK_BACK(true),
    CLOCK_FORWARD(true),
    NO_THREADS(true),
    SLOW_THREADS(true),
    /** A thread sleeps where it has just set an alarm, until that has gone off. */
    SLEEPY_THREADS(true),
    CROWDED(true);

    /** What a release calls. */
    enum Port {
        SOURCE,
        ROUTER,
        CHECK,
        ACTION,
        PEOPLE,
        BODY,
        SET_UP,
        LISTENER
    }

    /** How what is called behaves. */
    enum Manner {
        REFUSED,
        SLOW,
        HANGING,
        WRONG,
        HALF,
        HUGE,
        FLAPPING,
        /** Its code isn't there: errors where nobody expects one. */
        GONE
    }

    /** Null for what is no call's. */
    final Port port;

    final Manner manner;

    /** Whether it meets all releases of the controller. */
    final boolean everybody;

    FaultKind(Port port, Manner manner) {
        this.port = port;
        this.manner = manner;
        this.everybody = false;
    }

    FaultKind() {
        this(false);
    }

    FaultKind(boolean everybody) {
        this.port = null;
        this.manner = null;
        this.everybody = everybody;
    }

    /**
     * Whether moving traffic back may have to wait for its end: what the way back itself calls, and the process.
     *
     * @param byProcedure whether an action brings the old version back
     */
    boolean hindersWayBack(boolean byProcedure) {
        boolean body = byProcedure ? this == BODY_GONE || this == BODY_REFUSED : port == Port.BODY;
        boolean called = body || port == (byProcedure ? Port.ACTION : Port.ROUTER);
        return called || this == ROUTER_CHANGED || this == RIVAL || hindersProcess();
    }

    /** What is tried once may have been in vain, or undone. */
    boolean spoilsProcedure() {
        return port == Port.ACTION || this == ROUTER_CHANGED || this == RIVAL;
    }

    boolean stopsTime() {
        return this == STALL || this == SUSPEND;
    }

    /** Whether looks may have to wait for its end. */
    boolean hindersLooks() {
        return port == Port.SOURCE || port == Port.SET_UP || this == CROWDED || hindersProcess();
    }

    /** Whether looks may have to wait for its end, or see another time than now: they ask by the controller's clock. */
    boolean hindersSight() {
        return hindersLooks() || this == CLOCK_BACK || this == CLOCK_FORWARD;
    }

    private boolean hindersProcess() {
        return compareTo(KILL) >= 0 && compareTo(STALL) <= 0
                || this == NO_THREADS
                || this == SLOW_THREADS
                || this == SLEEPY_THREADS;
    }

    boolean isPerson() {
        return compareTo(PAUSE) >= 0 && compareTo(BUILD_KILLED) <= 0;
    }
}
