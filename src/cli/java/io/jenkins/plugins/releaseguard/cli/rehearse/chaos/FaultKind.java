// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rehearse.chaos;

/** What can go wrong in a rehearsal: what one process can have happen to a release and the world that it started itself. */
public enum FaultKind {
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
    ACTION_HANGING(Port.ACTION, Manner.HANGING),
    ACTION_HUGE(Port.ACTION, Manner.HUGE),
    ACTION_GONE(Port.ACTION, Manner.GONE),
    PEOPLE_REFUSED(Port.PEOPLE, Manner.REFUSED),
    PEOPLE_HANGING(Port.PEOPLE, Manner.HANGING),
    PEOPLE_GONE(Port.PEOPLE, Manner.GONE),
    SET_UP_GONE(Port.SET_UP, Manner.GONE),
    LISTENER_GONE(Port.LISTENER, Manner.GONE),
    // --- its disk ---
    DISK_FULL("the record's disk is full"),
    DISK_FAILING("the record's disk takes lines and can't keep them"),
    DISK_HANGING("the record's disk hangs"),
    // --- its service ---
    CANARY_BAD("half of the canary's requests fail"),
    CANARY_SLOW("the canary takes eight times as long"),
    CANARY_SILENT("the canary's metrics are gone, the baseline's are there"),
    BASELINE_DOWN("the old version takes no requests"),
    ROUTER_RELOADED("the router is reloaded, and begins with the weights of its configuration"),
    ROUTER_CHANGED("somebody sets the canary's weight by hand"),
    RIVAL("somebody else keeps setting the canary's weight"),
    // --- the process that drives it ---
    KILL("the process is killed, and started again later"),
    STALL("the process stands still: nobody decides anything");

    /** What a release calls. */
    enum Port {
        SOURCE("the metric source"),
        ROUTER("the router"),
        CHECK("each check"),
        ACTION("each action of the procedure"),
        PEOPLE("the channel to people"),
        SET_UP("the set-up of source and router"),
        LISTENER("who listens to the release");

        private final String text;

        Port(String text) {
            this.text = text;
        }
    }

    /** How what is called behaves. */
    enum Manner {
        REFUSED("refuses every call"),
        SLOW("answers late"),
        HANGING("does not answer"),
        WRONG("says what is not so"),
        HALF("does and says half of what it should"),
        HUGE("answers with far too much"),
        FLAPPING("refuses every other call"),
        GONE("fails with errors that nobody expects");

        private final String text;

        Manner(String text) {
            this.text = text;
        }
    }

    /** Null for what is no call's. */
    final Port port;

    final Manner manner;
    private final String text;

    FaultKind(Port port, Manner manner) {
        this.port = port;
        this.manner = manner;
        this.text = port.text + " " + manner.text;
    }

    FaultKind(String text) {
        this.port = null;
        this.manner = null;
        this.text = text;
    }

    /** As a sentence without its end. */
    @Override
    public String toString() {
        return text;
    }

    /** Whether it is over as soon as it has happened. */
    boolean isMoment() {
        return this == ROUTER_RELOADED || this == ROUTER_CHANGED;
    }

    /** Whether users meet a bad version, so that the release should go back. */
    boolean isHarm() {
        return this == CANARY_BAD || this == CANARY_SLOW;
    }

    /** Whether traffic can't be expected back in time while it lasts: nobody can move it, see it moved, or decide to. */
    boolean standsInTheWay() {
        return port == Port.ROUTER
                || this == BASELINE_DOWN
                || this == ROUTER_RELOADED
                || this == ROUTER_CHANGED
                || this == RIVAL
                || this == KILL
                || this == STALL;
    }
}
