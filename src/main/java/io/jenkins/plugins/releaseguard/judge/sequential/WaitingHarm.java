// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge.sequential;

import io.jenkins.plugins.releaseguard.judge.Allow;
import io.jenkins.plugins.releaseguard.judge.Direction;
import io.jenkins.plugins.releaseguard.judge.MetricConfig;
import io.jenkins.plugins.releaseguard.judge.MetricKind;

/**
 * Whether looks that are not yet bet on, or evidence of an outage, speak of harm: three standard errors beyond what is allowed. Nobody is
 * convicted by it, but nobody is let go meanwhile either: what was shown before says nothing of what begins now.
 */
final class WaitingHarm {
    static final double STANDARD_ERRORS = 3;

    /** An outage's evidence begins with 1, and falls while there is none. */
    private static final double GROWN = 1.5;

    private WaitingHarm() {}

    static boolean speaks(MetricConfig m, MetricState s) {
        if (s.outage() != null && s.outage().e() > GROWN) {
            return true;
        }
        if (m.counted()) {
            return speaks(m, s.main());
        }
        Block waits = s.main().waits();
        boolean slower =
                waits != null && (s.buckets() == null ? values(s.main(), waits) : BucketWatch.speaks(m, waits));
        return slower || s.tail() != null && s.tail().waits() != null && tail(m, s.tail(), s.main());
    }

    private static boolean tail(MetricConfig m, EProcess tail, EProcess main) {
        double level = main.seen().baselineLevel();
        return !Double.isNaN(level) && events(tail, MetricWatch.tailAllow(m.allow(), level), Direction.UP, false);
    }

    private static boolean values(EProcess location, Block waits) {
        double[] means = waits.means();
        double far = STANDARD_ERRORS * waits.sigma();
        return location.up() != null && means[LocationQuestions.harm(Direction.UP)] >= far
                || location.down() != null && means[LocationQuestions.harm(Direction.DOWN)] >= far;
    }

    /** Whether a block of events speaks of harm at the look that makes it whole. */
    static boolean speaks(MetricConfig m, EProcess whole) {
        return m.worse().directions().stream().anyMatch(d -> events(whole, m.allow(), d, m.kind() == MetricKind.RATE));
    }

    /** @param part whether events are a part of the exposure, of which those that fail are counted where fewer events harm */
    private static boolean events(EProcess s, Allow allow, Direction d, boolean part) {
        if (s.waits() == null) {
            return false;
        }
        PhaseSums waits = s.waits().sums();
        double exposure = waits.canaryExposure();
        double other = waits.baselineExposure();
        if (!(exposure > 0 && other > 0)) {
            return false;
        }
        boolean failures = d == Direction.DOWN && part;
        double c = failures ? exposure - waits.canary() : waits.canary();
        double b = failures ? other - waits.baseline() : waits.baseline();
        double level = waits.baselineLevel();
        double allowed = exposure * allow.at(level);
        double expected = exposure * b / other;
        double error = Math.sqrt(s.sums().clusters().size() * Math.max(1, expected + expected * exposure / other));
        double beyond = (failures ? c - expected : d.along(c - expected)) - allowed;
        return beyond >= STANDARD_ERRORS * error;
    }
}
