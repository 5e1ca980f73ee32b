// SPDX-License-Identifier: MIT
package org.example.releaseguard;

import static io.jenkins.plugins.releaseguard.contract.schema.Field.limit;
import static io.jenkins.plugins.releaseguard.contract.schema.Field.text;

import hudson.Extension;
import io.jenkins.plugins.releaseguard.contract.CheckSpec;
import io.jenkins.plugins.releaseguard.contract.Entry;
import io.jenkins.plugins.releaseguard.contract.Settings;
import io.jenkins.plugins.releaseguard.contract.schema.SpecKind;
import io.jenkins.plugins.releaseguard.contract.schema.Unit;
import io.jenkins.plugins.releaseguard.evidence.CheckContext;
import io.jenkins.plugins.releaseguard.evidence.Finding;
import io.jenkins.plugins.releaseguard.evidence.check.Limits;
import io.jenkins.plugins.releaseguard.http.HttpCall;
import io.jenkins.plugins.releaseguard.http.HttpResult;
import io.jenkins.plugins.releaseguard.jenkins.catalog.CheckExtension;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/** {@code verify: {incidents: {board: statuspage, open: "<= 0"}}}: what the incident board still has open. */
@Extension
public final class IncidentsCheck implements CheckExtension {
    private static final SpecKind KIND = SpecKind.check("incidents", "The service has no open incidents.")
            .main(text("board", "id of the incident board's endpoint").must())
            .fields(limit("open", "incidents that are still open")
                    .unit(Unit.COUNT)
                    .standard("<= 0"));

    @Override
    public SpecKind kind() {
        return KIND;
    }

    @Override
    public Finding evaluate(Entry entry, CheckSpec spec, CheckContext context)
            throws IOException, InterruptedException {
        Settings settings = spec.settings();
        String service = context.contract().release().service();
        HttpResult answer = context.http()
                .call(new HttpCall(
                        "GET", settings.text("board"), service + "/open", Map.of(), null, Duration.ofSeconds(10)));
        Finding.Builder found = Finding.now(context).looked("incidents of " + service);
        if (!answer.succeeded() || !answer.text().strip().matches("[0-9]{1,9}")) {
            return found.unknown("the board answered " + answer.status(), "look at the board, then build again");
        }
        int open = Integer.parseInt(answer.text().strip());
        String says = open + " incidents are open";
        return new Limits()
                .want("open", settings.threshold("open"), open, "")
                .conclude(found, says, says, "close them before the release");
    }
}
