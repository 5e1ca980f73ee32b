// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.service;

import hudson.AbortException;
import hudson.model.ItemGroup;
import io.jenkins.plugins.releaseguard.contract.ActionSpec;
import io.jenkins.plugins.releaseguard.contract.Contract;
import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.contract.RollbackEntry;
import io.jenkins.plugins.releaseguard.jenkins.config.Setups;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** What a contract names by id must be set up before the release begins: a breach is the wrong moment to find out. */
@Restricted(NoExternalUse.class)
public final class NamedSetups {
    private NamedSetups() {}

    /** @throws AbortException when the router or a metric source that the contract names is not set up */
    public static void require(OpenRelease release) throws AbortException {
        Contract contract = release.contract();
        ItemGroup<?> place = release.place();
        String router = contract.rollout().router();
        Stream<String> routers = router == null || router.isBlank() ? Stream.of() : Stream.of(router);
        List<String> missing = Stream.concat(
                        routers.flatMap(id -> Setups.missingRouter(place, id).stream()),
                        contract.metrics().stream()
                                .map(Metric::source)
                                .distinct()
                                .flatMap(id -> Setups.missingSource(place, id).stream()))
                .toList();
        if (!missing.isEmpty()) {
            throw new AbortException(contract.file() + " names what is not set up, so nothing was begun:\n"
                    + String.join("\n", missing));
        }
    }

    /** One line for each channel that a rollback would call and that can't be called: it isn't there, or isn't whole. */
    public static List<String> silentChannels(OpenRelease release) {
        ItemGroup<?> place = release.place();
        return release.contract().entries(RollbackEntry.class).stream()
                .flatMap(entry -> Stream.concat(entry.notification().stream(), told(entry)))
                .distinct()
                .flatMap(id -> silence(place, id).map(why -> "a rollback can't tell " + id + ": " + why).stream())
                .toList();
    }

    private static Optional<String> silence(ItemGroup<?> place, String id) {
        try {
            return Setups.channel(place, id).isPresent() ? Optional.empty() : Optional.of("no such channel is set up");
        } catch (IllegalStateException e) {
            return Optional.of(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
        } catch (RuntimeException | LinkageError e) {
            // of another plugin; whatever it says may quote an address that is secret
            return Optional.of(e.getClass().getSimpleName());
        }
    }

    private static Stream<String> told(RollbackEntry entry) {
        return entry.procedure().stream()
                .filter(action -> action.kind().equals("notify"))
                .flatMap(NamedSetups::recipients);
    }

    private static Stream<String> recipients(ActionSpec action) {
        return action.settings().texts("to").stream();
    }
}
