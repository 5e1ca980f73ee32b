// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract;

import io.jenkins.plugins.releaseguard.Beta;
import java.util.Locale;

/** Something wrong with a contract: the rule broken, the place, what is wrong and what to do about it. */
@Beta
public record Problem(Severity severity, String rule, Position at, String message, String fix) {
    public boolean isError() {
        return severity == Severity.ERROR;
    }

    @Override
    public String toString() {
        return at + ": " + severity.name().toLowerCase(Locale.ROOT) + ": " + message + " [" + rule + "]"
                + (fix == null || fix.isEmpty() ? "" : " -> " + fix);
    }
}
