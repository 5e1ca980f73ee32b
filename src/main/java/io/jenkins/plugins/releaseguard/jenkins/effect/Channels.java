// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.effect;

import io.jenkins.plugins.releaseguard.contract.Contract;
import io.jenkins.plugins.releaseguard.contract.RollbackEntry;
import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Whom a contract wants told when it goes wrong. */
@Restricted(NoExternalUse.class)
public final class Channels {
    private Channels() {}

    /** The ids of all channels that any rollback entry would tell. */
    public static List<String> of(Contract contract) {
        return contract.entries(RollbackEntry.class).stream()
                .flatMap(entry -> entry.notification().stream())
                .distinct()
                .toList();
    }
}
