// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.effect.action;

import static io.jenkins.plugins.releaseguard.contract.schema.Field.text;

import io.jenkins.plugins.releaseguard.contract.Settings;
import io.jenkins.plugins.releaseguard.contract.schema.Field;
import io.jenkins.plugins.releaseguard.contract.schema.FieldType;
import io.jenkins.plugins.releaseguard.contract.schema.SpecKind;
import io.jenkins.plugins.releaseguard.effect.EffectException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Starts another job, and by default waits for its end. */
final class JobAction implements ProcedureAction {
    private static final SpecKind KIND = SpecKind.action("job", "Starts another Jenkins job.")
            .main(text("job", "full name of the job").must())
            .fields(
                    Field.of("parameters", FieldType.MAP, "its parameters"),
                    Field.of("wait", FieldType.BOOLEAN, "whether the action lasts until the job has ended")
                            .standard("yes"));

    @Override
    public SpecKind kind() {
        return KIND;
    }

    @Override
    public void perform(ActionCall call) throws EffectException, InterruptedException {
        Settings settings = call.settings();
        call.context().startJob(call.key(), settings.text("job"), settings.map("parameters"), settings.flag("wait"));
    }

    @Override
    public CompletableFuture<Void> performAsync(ActionCall call, Executor blocking) {
        Settings settings = call.settings();
        return call.context()
                .startJobAsync(
                        call.key(), settings.text("job"), settings.map("parameters"), settings.flag("wait"), blocking);
    }
}
