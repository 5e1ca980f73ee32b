// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.check.release;

import static io.jenkins.plugins.releaseguard.contract.schema.Field.text;
import static io.jenkins.plugins.releaseguard.contract.schema.FieldType.MAP;

import io.jenkins.plugins.releaseguard.contract.CheckSpec;
import io.jenkins.plugins.releaseguard.contract.Entry;
import io.jenkins.plugins.releaseguard.contract.Settings;
import io.jenkins.plugins.releaseguard.contract.schema.Field;
import io.jenkins.plugins.releaseguard.contract.schema.SpecKind;
import io.jenkins.plugins.releaseguard.effect.command.CommandResult;
import io.jenkins.plugins.releaseguard.evidence.Check;
import io.jenkins.plugins.releaseguard.evidence.CheckContext;
import io.jenkins.plugins.releaseguard.evidence.Finding;
import io.jenkins.plugins.releaseguard.evidence.Origin;
import io.jenkins.plugins.releaseguard.evidence.check.source.CheckCommand;
import java.io.IOException;
import java.util.Map;

/** A verifier's word (cosign, slsa-verifier, conftest, terraform plan …): 0 pass, 1 fail, anything else could not tell. */
public final class ProvenanceCheck implements Check {
    private static final SpecKind KIND = SpecKind.check(
                    "provenance",
                    "A verifier's word on signature, provenance or policy (cosign, slsa-verifier, conftest).")
            .main(text("run", "the command line: exit 0 is pass, 1 is fail, anything else unknown")
                    .must())
            .fields(
                    text("directory", "where it runs, relative to the workspace"),
                    Field.of("env", MAP, "further environment variables"));

    @Override
    public SpecKind kind() {
        return KIND;
    }

    @Override
    public Finding evaluate(Entry entry, CheckSpec spec, CheckContext context)
            throws IOException, InterruptedException {
        Settings settings = spec.settings();
        CommandResult result = CheckCommand.run(settings, context, Map.of());
        Finding.Builder found = Finding.now(context)
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
