// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.effect.action;

import java.util.List;

/** Every action that a procedure may name without further plugins. */
public final class StandardActions {
    private static final Actions ALL = new Actions(List.of(
            new TrafficAction(),
            new JobAction(),
            new NotifyAction(),
            new CommandAction(),
            new HttpAction(),
            new FlagAction()));

    private StandardActions() {}

    public static Actions actions() {
        return ALL;
    }
}
