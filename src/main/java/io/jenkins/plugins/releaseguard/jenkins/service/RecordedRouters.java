// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.service;

import io.jenkins.plugins.releaseguard.effect.router.RecordedRouter;
import io.jenkins.plugins.releaseguard.jenkins.config.Setups;
import io.jenkins.plugins.releaseguard.jenkins.evidence.NamedSetups;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Where the routers of a release are, kept in its record before any traffic moves: {@code release-guard rollback} reads it. */
final class RecordedRouters {
    private RecordedRouters() {}

    static void keep(OpenRelease release) throws IOException {
        Map<String, RecordedRouter> routers = new LinkedHashMap<>();
        for (String id : NamedSetups.routers(release.contract())) {
            Setups.recorded(release.user(), id).ifPresent(router -> routers.put(id, router));
        }
        release.folder().write(RecordedRouter.FILE, routers);
    }
}
