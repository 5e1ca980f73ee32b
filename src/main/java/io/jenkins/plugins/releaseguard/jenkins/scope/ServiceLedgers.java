// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.scope;

import io.jenkins.plugins.releaseguard.journal.Ledger;
import java.nio.file.Path;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Where the ledgers of services lie: in the controller's home, where no build can write. */
@Restricted(NoExternalUse.class)
public final class ServiceLedgers {
    private ServiceLedgers() {}

    public static Ledger of(String service) {
        return Ledger.of(root().resolve("services"), service);
    }

    /** The folder of all that Release Guard keeps beside builds. */
    public static Path root() {
        return Jenkins.get().getRootDir().toPath().resolve("release-guard");
    }
}
