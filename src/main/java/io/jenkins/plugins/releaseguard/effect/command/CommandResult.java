// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.effect.command;

import io.jenkins.plugins.releaseguard.Beta;
import java.time.Duration;

/**
 * How a command ended: exit status (-1 where it was killed at its limit), the end of its output ({@code cut} where there
 * was more), and its time.
 */
@Beta
public record CommandResult(int exit, boolean timedOut, String tail, boolean cut, Duration took) {
    public boolean succeeded() {
        return !timedOut && exit == 0;
    }
}
