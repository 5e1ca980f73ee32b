// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.schema;

import io.jenkins.plugins.releaseguard.Beta;
import java.util.Optional;

/** What a check or an action makes of a text, so that lint can try it: what can't be read at the gate is told before. */
@Beta
@FunctionalInterface
public interface ValueReader {
    /**
     * Reads and throws away.
     *
     * @param text an item of the field (of a map {@code name: value}), with nothing of {@code ${…}} in it
     * @return what is wrong with it; empty where it can be read
     */
    Optional<Fault> read(String text);

    /** Why a text can't be read, and what to write instead. */
    record Fault(String message, String fix) {}
}
