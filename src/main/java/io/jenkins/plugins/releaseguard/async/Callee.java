// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.async;

import io.jenkins.plugins.releaseguard.Beta;

/** What is called over and over, by many releases. */
@Beta
public interface Callee {
    /**
     * Names what is called, such as host and port: the calls of all releases to one destination have a common share, so that one that
     * hangs holds up no other.
     */
    default String destination() {
        return getClass().getName();
    }
}
