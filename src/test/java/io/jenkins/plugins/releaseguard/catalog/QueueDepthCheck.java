// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.catalog;

import static io.jenkins.plugins.releaseguard.contract.schema.Field.limit;
import static io.jenkins.plugins.releaseguard.contract.schema.Field.text;
import static io.jenkins.plugins.releaseguard.contract.schema.Reference.ENVIRONMENT;
import static io.jenkins.plugins.releaseguard.contract.schema.Unit.COUNT;

import io.jenkins.plugins.releaseguard.contract.CheckSpec;
import io.jenkins.plugins.releaseguard.contract.Entry;
import io.jenkins.plugins.releaseguard.contract.Settings;
import io.jenkins.plugins.releaseguard.contract.schema.SpecKind;
import io.jenkins.plugins.releaseguard.evidence.Check;
import io.jenkins.plugins.releaseguard.evidence.CheckContext;
import io.jenkins.plugins.releaseguard.evidence.Finding;

/** A check as another plugin would bring it, of public classes alone. */
public final class QueueDepthCheck implements Check {
    private static final SpecKind KIND = SpecKind.check("queueDepth", "Few messages wait.")
            .main(text("queue", "name of the queue"))
            .fields(
                    text("topic", "or name of a topic"),
                    text("group", "the topic's group of consumers"),
                    text("environment", "whose broker").references(ENVIRONMENT),
                    limit("waiting", "messages that wait").unit(COUNT).standard("<= 100"))
            .oneOf("queue", "topic")
            .needs("topic", "group");

    @Override
    public SpecKind kind() {
        return KIND;
    }

    @Override
    public Finding evaluate(Entry entry, CheckSpec spec, CheckContext context) {
        Settings settings = spec.settings();
        Finding.Builder found = Finding.now(context)
                .looked("queue " + settings.text("queue"))
                .value("7")
                .limit(settings.threshold("waiting").orElseThrow().text());
        return settings.text("queue").equals("orders")
                ? found.pass("few wait")
                : found.fail("many wait", "add consumers");
    }
}
