// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.config;

import java.io.IOException;
import java.time.Duration;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.Beta;

/** Where people are told something. */
@Restricted(Beta.class)
public interface Channel {
    /**
     * Tells it once, before the limit is over.
     *
     * @throws IOException that it wasn't taken, and why; addresses that are secret aren't quoted
     */
    void tell(String text, Duration limit) throws IOException, InterruptedException;
}
