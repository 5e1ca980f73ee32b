// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rehearse.world;

import java.util.Arrays;
import java.util.Optional;

/** What goes wrong in a rehearsal. Only {@link FaultInjector} acts on it. */
public enum Scenario {
    HEALTHY("healthy", "nothing goes wrong"),
    BREACH("breach", "the canary's errors rise when it carries 25 % of the traffic"),
    SLOW("slow", "the canary's latency creeps up from phase to phase"),
    SOURCE_DOWN("source-down", "the metrics vanish in the middle of a phase"),
    NO_GO("no-go", "the artifact is not the one that the contract names");

    private final String id;
    private final String description;

    Scenario(String id, String description) {
        this.id = id;
        this.description = description;
    }

    public String id() {
        return id;
    }

    public String description() {
        return description;
    }

    public static Optional<Scenario> of(String id) {
        return Arrays.stream(values()).filter(s -> s.id.equals(id)).findFirst();
    }

    @Override
    public String toString() {
        return id;
    }
}
