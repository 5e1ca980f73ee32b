// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.http;

import io.jenkins.plugins.releaseguard.Beta;
import java.io.IOException;

/** Calls HTTP addresses that an administrator allows. */
@Beta
@FunctionalInterface
public interface HttpCalls {
    /**
     * Calls and reads the answer up to a bound.
     *
     * @throws IOException the address is not allowed, not known, or did not answer in time
     */
    HttpResult call(HttpCall call) throws IOException, InterruptedException;
}
