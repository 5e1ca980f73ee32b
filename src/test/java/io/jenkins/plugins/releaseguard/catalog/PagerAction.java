// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.catalog;

import static io.jenkins.plugins.releaseguard.contract.schema.Field.text;

import io.jenkins.plugins.releaseguard.contract.schema.SpecKind;
import io.jenkins.plugins.releaseguard.effect.EffectException;
import io.jenkins.plugins.releaseguard.effect.action.ActionCall;
import io.jenkins.plugins.releaseguard.effect.action.ProcedureAction;
import java.util.List;

/** An action as another plugin would bring it, of public classes alone. */
public final class PagerAction implements ProcedureAction {
    private static final SpecKind KIND = SpecKind.action("page", "Wakes whoever is on call.")
            .main(text("rota", "the rota").must());

    @Override
    public SpecKind kind() {
        return KIND;
    }

    @Override
    public void perform(ActionCall call) throws EffectException, InterruptedException {
        call.context().tell(List.of(call.settings().text("rota")), "Wake up.", call.entry());
    }
}
