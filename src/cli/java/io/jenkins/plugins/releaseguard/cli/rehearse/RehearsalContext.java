// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rehearse;

import io.jenkins.plugins.releaseguard.contract.Contract;
import io.jenkins.plugins.releaseguard.effect.command.Commands;
import io.jenkins.plugins.releaseguard.effect.command.LocalCommands;
import io.jenkins.plugins.releaseguard.evidence.Approvals;
import io.jenkins.plugins.releaseguard.evidence.CheckContext;
import io.jenkins.plugins.releaseguard.evidence.EvidenceFiles;
import io.jenkins.plugins.releaseguard.evidence.MetricReadings;
import io.jenkins.plugins.releaseguard.evidence.Origin;
import io.jenkins.plugins.releaseguard.evidence.local.LayeredFiles;
import io.jenkins.plugins.releaseguard.evidence.local.LocalFiles;
import io.jenkins.plugins.releaseguard.http.HttpCalls;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What checks may ask in a rehearsal. There is no ledger: what needs one is unknown, as on a first release.
 *
 * @param variables what a build's commands would have in their environment
 */
record RehearsalContext(
        Contract contract,
        String environment,
        Instant now,
        Scratch scratch,
        Map<String, String> variables,
        Approvals approvals,
        HttpCalls http,
        MetricReadings metrics)
        implements CheckContext {
    @Override
    public EvidenceFiles files() {
        return new LayeredFiles(List.of(
                new LocalFiles(scratch.made(), Origin.WORKSPACE), new LocalFiles(scratch.source(), Origin.WORKSPACE)));
    }

    @Override
    public Commands commands() {
        Map<String, String> seen = new HashMap<>(System.getenv());
        seen.putAll(variables);
        return new LocalCommands(scratch.work(), seen, Set.of());
    }
}
