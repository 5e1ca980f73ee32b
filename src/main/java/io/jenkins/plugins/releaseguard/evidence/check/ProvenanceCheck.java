// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.check;

import io.jenkins.plugins.releaseguard.contract.CheckSpec;
import io.jenkins.plugins.releaseguard.contract.Entry;
import io.jenkins.plugins.releaseguard.contract.Settings;
import io.jenkins.plugins.releaseguard.effect.command.CommandResult;
import io.jenkins.plugins.releaseguard.evidence.Check;
import io.jenkins.plugins.releaseguard.evidence.CheckContext;
import io.jenkins.plugins.releaseguard.evidence.Finding;
import io.jenkins.plugins.releaseguard.evidence.Origin;
import java.io.IOException;
import java.util.Map;

/** A verifier's word (cosign, slsa-verifier, conftest, terraform plan …): 0 pass, 1 fail, anything else could not tell. */
final class ProvenanceCheck implements Check {
    @Override
    public String kind() {
        return "provenance";
    }

    @Override
    public Finding look(Entry entry, CheckSpec spec, CheckContext context) throws IOException, InterruptedException {
        Settings settings = spec.settings();
        CommandResult result = CheckCommand.run(settings, context, Map.of());
        Found found = Found.now(context)
                .looked(settings.text("run"))
                .from(Origin.WORKSPACE)
                .value(result.timedOut() ? "no end" : "exit " + result.exit())
                .limit("exit 0");
        if (result.succeeded()) {
            return found.pass("the verifier accepts it");
        }
        return !result.timedOut() && result.exit() == 1
                ? found.fail(
                        "the verifier rejects it: it " + CheckCommand.ended(result),
                        "find out why the verifier rejects it before anything else")
                : found.unknown(
                        "the verifier could not tell: it " + CheckCommand.ended(result),
                        "make the verifier run to its end");
    }
}
