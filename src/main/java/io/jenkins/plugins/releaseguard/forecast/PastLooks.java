// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.forecast;

import io.jenkins.plugins.releaseguard.journal.Event;
import java.util.List;

/**
 * Looks that follow one another, of a time when nothing was wrong.
 *
 * @param looks in order of time; where the canary's side is null there was none
 */
public record PastLooks(List<Event.Looked> looks) {
    public PastLooks {
        looks = List.copyOf(looks);
    }
}
