// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence;

import io.jenkins.plugins.releaseguard.Beta;
import java.time.Instant;
import java.util.List;

/** A time in which nothing is released, with the kinds of release that still may ({@code security}, {@code p0}, …). */
@Beta
public record FreezeWindow(Instant from, Instant until, String reason, List<String> except) {
    public FreezeWindow {
        except = List.copyOf(except);
    }
}
