// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.effect.action;

import static io.jenkins.plugins.releaseguard.contract.schema.Field.list;
import static io.jenkins.plugins.releaseguard.contract.schema.Field.text;

import io.jenkins.plugins.releaseguard.contract.Settings;
import io.jenkins.plugins.releaseguard.contract.schema.SpecKind;
import io.jenkins.plugins.releaseguard.effect.EffectException;

/** Tells people through channels that are set up. */
final class NotifyAction implements ProcedureAction {
    private static final SpecKind KIND = SpecKind.action("notify", "Tells people.")
            .main(list("to", "ids of channels set up in Jenkins").must())
            .fields(text("message", "what to say before the facts"));

    @Override
    public SpecKind kind() {
        return KIND;
    }

    @Override
    public void perform(ActionCall call) throws EffectException, InterruptedException {
        Settings settings = call.settings();
        call.context().tell(settings.texts("to"), settings.text("message"), call.entry());
    }
}
