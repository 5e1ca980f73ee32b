// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.judge;

import io.jenkins.plugins.releaseguard.judge.Look;
import io.jenkins.plugins.releaseguard.judge.sequential.WatchState;
import java.util.List;

/**
 * How long each phase of a stream of looks warms up.
 *
 * @param seconds by phase; phases beyond have none
 */
record Warmups(List<Double> seconds) {
    /** The look as one of the warm-up where it begins in that, or says so itself. */
    Look marked(Look look, WatchState before) {
        double since = look.phase() == before.phase() ? before.seconds() : 0;
        boolean warm = look.phase() >= 0 && look.phase() < seconds.size() && since < seconds.get(look.phase());
        return warm && !look.warmup()
                ? new Look(
                        look.phase(),
                        look.seconds(),
                        look.baselineRequests(),
                        look.canaryRequests(),
                        look.metrics(),
                        true)
                : look;
    }
}
