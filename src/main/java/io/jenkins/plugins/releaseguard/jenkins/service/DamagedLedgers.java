// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.service;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.AdministrativeMonitor;
import hudson.model.AsyncPeriodicWork;
import hudson.model.TaskListener;
import io.jenkins.plugins.releaseguard.jenkins.scope.ServiceLedgers;
import io.jenkins.plugins.releaseguard.ledger.Ledger;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Files of services' ledgers that can't be read or were altered. They keep nobody from releasing, but what is older proves nothing any more,
 * so administrators are told which they are.
 */
@Extension
@Restricted(NoExternalUse.class)
public final class DamagedLedgers extends AdministrativeMonitor {
    private static final Logger LOGGER = Logger.getLogger(DamagedLedgers.class.getName());
    private static final int MOST = 50;

    private volatile List<String> found = List.of();

    static DamagedLedgers get() {
        return ExtensionList.lookupSingleton(DamagedLedgers.class);
    }

    /** Reads all ledgers; may take a while. */
    void look() {
        List<String> problems = new ArrayList<>();
        try {
            for (Ledger ledger : ServiceLedgers.all()) {
                ledger.history().problems().forEach(problem -> problems.add(ledger.folder() + ": " + problem));
            }
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "The ledgers can't be listed", e);
            problems.add("the ledgers can't be listed: " + e.getMessage());
        }
        if (!problems.isEmpty() && !problems.equals(found)) {
            LOGGER.log(Level.WARNING, "Ledger files that can''t be read: {0}", String.join("; ", problems));
        }
        found = List.copyOf(problems);
    }

    /** For the page. */
    public List<String> getFiles() {
        return found.subList(0, Math.min(MOST, found.size()));
    }

    public int getMore() {
        return Math.max(0, found.size() - MOST);
    }

    @Override
    public boolean isActivated() {
        return !found.isEmpty();
    }

    @Override
    public String getDisplayName() {
        return Messages.DamagedLedgers_DisplayName();
    }

    /** A minute after the start, and each hour. */
    @Extension
    public static final class Look extends AsyncPeriodicWork {
        public Look() {
            super("Release Guard's look for ledger files that can't be read");
        }

        @Override
        public long getRecurrencePeriod() {
            return TimeUnit.HOURS.toMillis(1);
        }

        @Override
        public long getInitialDelay() {
            return TimeUnit.MINUTES.toMillis(1);
        }

        @Override
        protected void execute(TaskListener listener) {
            DamagedLedgers.get().look();
        }
    }
}
