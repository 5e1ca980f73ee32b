// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence;

import java.util.Locale;

/** What evidence says. Only {@link #PASS} and {@link #WAIVED} let a release through; unknown is never green. */
public enum Status {
    PASS,
    FAIL,
    UNKNOWN,
    WAIVED;

    /** True where a release may go on. */
    public boolean green() {
        return this == PASS || this == WAIVED;
    }

    /** As it stands in journal and report. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
