// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.service;

import io.jenkins.plugins.releaseguard.contract.Contract;
import io.jenkins.plugins.releaseguard.contract.ContractException;
import io.jenkins.plugins.releaseguard.contract.RollbackEntry;
import io.jenkins.plugins.releaseguard.contract.RolloutSpec.Promote;
import io.jenkins.plugins.releaseguard.contract.grammar.ReadRule;
import io.jenkins.plugins.releaseguard.contract.read.ContractReader;
import io.jenkins.plugins.releaseguard.contract.read.Variables;
import io.jenkins.plugins.releaseguard.evidence.Checks;
import io.jenkins.plugins.releaseguard.jenkins.catalog.ReleaseCatalog;
import io.jenkins.plugins.releaseguard.journal.ContractOrigin;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * A contract as first read in a build, with all that its meaning depends on: later readings give the same, whatever happens to
 * the workspace.
 *
 * @param origin where it was read; null where that isn't known
 */
@Restricted(NoExternalUse.class)
public record FrozenContract(
        String file,
        String text,
        Map<String, String> variables,
        Map<String, String> includes,
        Contract contract,
        ContractOrigin origin) {
    private static final Logger LOGGER = Logger.getLogger(FrozenContract.class.getName());

    public FrozenContract {
        variables = Map.copyOf(variables);
        includes = Map.copyOf(includes);
    }

    /** The same contract, with where it was read. */
    public FrozenContract from(ContractOrigin where) {
        return new FrozenContract(file, text, variables, includes, contract, where);
    }

    /**
     * Reads it again from what was kept. Where the plugin of a check or an action is gone, the release goes on without it; what a new
     * version refuses goes on as it was taken: traffic is on the canary, and must be watched and brought back all the same.
     */
    static FrozenContract thaw(RecordInfo info, String text) throws ContractException {
        ContractReader reader = ReleaseCatalog.get().reader().withUsual(usualThen(info));
        Contract contract;
        try {
            contract = read(reader, info, text);
        } catch (ContractException e) {
            contract = read(reader.withKindsGone(), info, text);
            boolean gone = e.problems().stream()
                    .anyMatch(problem -> problem.isError() && problem.rule().equals(ReadRule.UNKNOWN_KEY.id()));
            if (gone) {
                LOGGER.log(Level.SEVERE, e, () -> info.id() + " goes on without what is no longer installed");
            } else {
                LOGGER.log(
                        Level.WARNING,
                        e,
                        () -> info.id()
                                + " goes on with its contract as it was taken, though a new release with it would be refused");
            }
        }
        return new FrozenContract(
                info.contractFile(), text, info.variables(), info.includes(), contract, info.contractOrigin());
    }

    /** A contract that says nothing of it meant what was usual when the release began; one that does is no question. */
    private static Promote usualThen(RecordInfo info) {
        return info.promote() == null ? Promote.PROOF : info.promote();
    }

    /** What the contract wants watched and nothing here can look at any more. */
    Optional<String> unwatched() {
        Checks checks = ReleaseCatalog.get().checks();
        return contract.entries(RollbackEntry.class).stream()
                .filter(entry ->
                        entry.check() != null && checks.of(entry.check().kind()).isEmpty())
                .map(entry -> entry.id() + " can't be watched any more: there is no check '"
                        + entry.check().kind() + "' here")
                .findFirst();
    }

    /** Whether a release was opened with this text, byte for byte; false where what was kept can't be read. */
    public static boolean isTextOf(OpenRelease release, String text) {
        try {
            return release.folder().contract().equals(text);
        } catch (IOException e) {
            LOGGER.log(Level.FINE, e, () -> "No contract of " + release.id());
            return false;
        }
    }

    private static Contract read(ContractReader reader, RecordInfo info, String text) throws ContractException {
        return reader.parse(text, info.contractFile(), new Variables(info.variables(), Set.of()), path -> {
            String included = info.includes().get(path);
            if (included == null) {
                throw new IOException("it wasn't there when the contract was frozen");
            }
            return included;
        });
    }
}
