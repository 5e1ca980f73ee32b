// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.simulation;

import io.jenkins.plugins.releaseguard.simulation.FaultKind.Manner;
import io.jenkins.plugins.releaseguard.simulation.FaultKind.Port;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** How what a release calls behaves, as the faults that last want it to. */
final class Manners {
    private final Map<Port, List<Manner>> lasting = new EnumMap<>(Port.class);
    private boolean flap;

    void begin(Port port, Manner manner) {
        lasting.computeIfAbsent(port, p -> new ArrayList<>()).add(manner);
    }

    void end(Port port, Manner manner) {
        lasting.get(port).remove(manner);
    }

    /** By what began last; null where nothing is wrong. */
    Manner of(Port port) {
        List<Manner> all = lasting.get(port);
        return all == null || all.isEmpty() ? null : all.get(all.size() - 1);
    }

    /** The same for one call: every other is refused where it flaps. */
    Manner ofCall(Port port) {
        Manner manner = of(port);
        if (manner != Manner.FLAPPING) {
            return manner;
        }
        flap = !flap;
        return flap ? Manner.REFUSED : null;
    }
}
