// SPDX-License-Identifier: MIT
package org.example.releaseguard;

import static io.jenkins.plugins.releaseguard.contract.schema.Field.text;

import hudson.Extension;
import io.jenkins.plugins.releaseguard.contract.Settings;
import io.jenkins.plugins.releaseguard.contract.schema.SpecKind;
import io.jenkins.plugins.releaseguard.effect.EffectException;
import io.jenkins.plugins.releaseguard.effect.action.ActionCall;
import io.jenkins.plugins.releaseguard.http.HttpCall;
import io.jenkins.plugins.releaseguard.http.HttpResult;
import io.jenkins.plugins.releaseguard.jenkins.catalog.ActionExtension;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/** {@code procedure: [{traffic: 0}, {announce: {page: statuspage, text: …}}]}: tells customers. */
@Extension
public final class AnnounceAction implements ActionExtension {
    private static final SpecKind KIND = SpecKind.action("announce", "Tells customers on the status page.")
            .main(text("page", "id of the status page's endpoint").must())
            .fields(text("text", "what to say").standard("We are going back to the last version."));

    @Override
    public SpecKind kind() {
        return KIND;
    }

    @Override
    public void perform(ActionCall call) throws EffectException, InterruptedException {
        Settings settings = call.settings();
        // a page that has seen the key says nothing twice, also when this is asked for again after a restart
        Map<String, String> headers = Map.of("Idempotency-Key", call.idempotencyKey());
        try {
            HttpResult answer = call.context()
                    .http()
                    .call(new HttpCall(
                            "POST",
                            settings.text("page"),
                            "announcements",
                            headers,
                            settings.text("text"),
                            call.limit(Duration.ofSeconds(10))));
            if (!answer.succeeded()) {
                throw new EffectException("the status page answered " + answer.status() + ": announce it by hand now");
            }
        } catch (IOException e) {
            throw new EffectException(e.getMessage() + ": announce it by hand now", e);
        }
    }
}
