// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.service;

import io.jenkins.plugins.releaseguard.contract.ActionSpec;
import io.jenkins.plugins.releaseguard.contract.Contract;
import io.jenkins.plugins.releaseguard.contract.RollbackEntry;
import io.jenkins.plugins.releaseguard.effect.router.RecordedRouter;
import io.jenkins.plugins.releaseguard.jenkins.config.Setups;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Where the routers of a release are, kept in its record before any traffic moves: {@code release-guard rollback} reads it. */
final class RecordedRouters {
    private RecordedRouters() {}

    static void keep(OpenRelease release) throws IOException {
        Map<String, RecordedRouter> routers = new LinkedHashMap<>();
        for (String id : named(release.contract())) {
            Setups.recorded(release.place(), id).ifPresent(router -> routers.put(id, router));
        }
        release.folder().write(RecordedRouter.FILE, routers);
    }

    /** The rollout's, and those of procedures. */
    static Set<String> named(Contract contract) {
        Set<String> ids = new LinkedHashSet<>();
        ids.add(contract.rollout().router());
        for (RollbackEntry entry : contract.entries(RollbackEntry.class)) {
            for (ActionSpec action : entry.procedure()) {
                if (action.kind().equals("traffic")) {
                    ids.add(action.settings().text("router"));
                }
            }
        }
        ids.removeIf(String::isBlank);
        return ids;
    }
}
