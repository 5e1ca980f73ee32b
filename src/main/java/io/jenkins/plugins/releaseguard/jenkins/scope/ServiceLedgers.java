// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.scope;

import io.jenkins.plugins.releaseguard.ledger.Ledger;
import io.jenkins.plugins.releaseguard.ledger.SealKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Where the ledgers of services lie: in the controller's home, where no build can write. */
@Restricted(NoExternalUse.class)
public final class ServiceLedgers {
    private static final Logger LOGGER = Logger.getLogger(ServiceLedgers.class.getName());
    /** Where Release Guard's own lies, in the controller's home and in each build's folder. */
    public static final String FOLDER = "release-guard";

    private static final String KEY = "release-guard.seal.key";

    private ServiceLedgers() {}

    public static Ledger of(String service) {
        return Ledger.of(root().resolve("services"), service, key());
    }

    /** All services' ledgers. */
    public static List<Ledger> all() throws IOException {
        return Ledger.all(root().resolve("services"), key());
    }

    /**
     * The key that this controller seals with, made with the first use; among its other secrets. One that can't be read proves nothing
     * and keeps nobody from sealing.
     */
    public static SealKey key() {
        try {
            return SealKey.keptIn(
                    Jenkins.get().getRootDir().toPath().resolve("secrets").resolve(KEY));
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> "The key that releases are sealed with can't be read: secrets/" + KEY);
            return SealKey.unreadable("secrets/" + KEY + ", can't be read");
        }
    }

    /** The folder of all that Release Guard keeps beside builds. */
    public static Path root() {
        return Jenkins.get().getRootDir().toPath().resolve(FOLDER);
    }
}
