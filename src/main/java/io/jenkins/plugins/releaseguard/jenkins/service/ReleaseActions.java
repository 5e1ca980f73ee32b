// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.service;

import hudson.model.Run;
import io.jenkins.plugins.releaseguard.jenkins.page.ReleaseAction;
import java.io.IOException;

/** Keeps the build's action up to date. */
final class ReleaseActions {
    private ReleaseActions() {}

    static void opened(Run<?, ?> run, RecordInfo info) throws IOException {
        of(run).opened(info.id(), info.service(), info.environment());
        run.save();
    }

    static void ended(Run<?, ?> run, RecordInfo info, String verdict, String seal) throws IOException {
        of(run).ended(info.id(), info.service(), info.environment(), verdict, seal);
        run.save();
    }

    static boolean refused(Run<?, ?> run, String environment) {
        ReleaseAction action = run.getAction(ReleaseAction.class);
        if (action == null) {
            return false;
        }
        return action.getReleases().stream()
                .filter(r -> environment.equals(r.getEnvironment()))
                .reduce((first, second) -> second)
                .map(r -> "no-go".equals(r.getVerdict()))
                .orElse(false);
    }

    private static synchronized ReleaseAction of(Run<?, ?> run) {
        ReleaseAction action = run.getAction(ReleaseAction.class);
        if (action == null) {
            action = new ReleaseAction();
            run.addAction(action);
        }
        return action;
    }
}
