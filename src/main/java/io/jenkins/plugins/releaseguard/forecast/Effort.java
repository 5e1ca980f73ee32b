// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.forecast;

import java.util.function.BooleanSupplier;

/** How much is simulated, in looks at one metric, and whether anybody still wants it. Of one thread. */
final class Effort {
    /** Without an end. */
    static final Effort WHATEVER = new Effort(Long.MAX_VALUE, () -> true);

    private static final int OFTEN = 1 << 10;

    private final long most;
    private final BooleanSupplier wanted;
    private long spent;
    private boolean unwanted;

    Effort(long most, BooleanSupplier wanted) {
        this.most = most;
        this.wanted = wanted;
    }

    /** Notes looks; false where the release that takes them must end. What was begun within the bounds may take as much again. */
    boolean allows(int looks) {
        if (most == Long.MAX_VALUE) {
            // shared by threads
            return true;
        }
        unwanted |= spent / OFTEN != (spent + looks) / OFTEN && !wanted.getAsBoolean();
        spent += looks;
        return !unwanted && !isOverspent();
    }

    /** Whether no further release is begun. */
    boolean isSpent() {
        return unwanted || spent >= most;
    }

    boolean isOverspent() {
        return spent / 2 >= most;
    }

    boolean isWanted() {
        return !unwanted && wanted.getAsBoolean();
    }
}
