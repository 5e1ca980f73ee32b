// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge.sequential;

import io.jenkins.plugins.releaseguard.judge.Allow;
import io.jenkins.plugins.releaseguard.judge.JudgeConfig;
import io.jenkins.plugins.releaseguard.testing.RegimeTraffic;
import io.jenkins.plugins.releaseguard.testing.RegimeTraffic.Harm;
import io.jenkins.plugins.releaseguard.testing.RegimeTraffic.Regime;
import java.util.List;

/**
 * A row of the tables of harm.
 *
 * @param strict whether a latency has {@code allow: 0} rather than 10 %
 * @param errors usual fraction of requests that fail
 */
record UsualHarm(String name, boolean strict, double errors, Harm harm) {
    private static final double ERRORS = 0.01;

    /** More than any: errors where there were none. */
    private static final double ENDLESS = 1e6;

    static final List<UsualHarm> ALL = List.of(
            new UsualHarm("errors ×2", false, ERRORS, Harm.errors(2)),
            new UsualHarm("errors ×5", false, ERRORS, Harm.errors(5)),
            new UsualHarm("+30 points", false, ERRORS, Harm.more(30)),
            new UsualHarm("all fail", false, ERRORS, Harm.more(99)),
            new UsualHarm("0 → 0.5 %", false, 0, Harm.more(0.5)),
            new UsualHarm("0.1 % ×5", false, 0.001, Harm.errors(5)),
            new UsualHarm("latency +10 %, allow 0", true, ERRORS, Harm.latency(1.1)),
            new UsualHarm("latency +20 %, allow 10", false, ERRORS, Harm.latency(1.2)),
            new UsualHarm("latency +50 %", false, ERRORS, Harm.latency(1.5)),
            new UsualHarm("latency ×2", false, ERRORS, Harm.latency(2)),
            new UsualHarm("slowest hundredth ×10", false, ERRORS, new Harm(0, 1, 0, 1, 10)));

    JudgeConfig config() {
        return strict ? RegimeTraffic.config(Allow.NONE, Allow.absolute(0)) : RegimeTraffic.config(Regime.INDEPENDENT);
    }

    /** What a rival that knows the harm is told of it. */
    RegimeRivals.Told told() {
        double times = errors > 0 ? harm.errors() + harm.more() / errors : ENDLESS;
        return new RegimeRivals.Told(0, strict ? 1 : 1.1, times, harm.latency());
    }
}
