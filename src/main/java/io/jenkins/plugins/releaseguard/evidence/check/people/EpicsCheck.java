// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.check.people;

import static io.jenkins.plugins.releaseguard.contract.schema.Field.list;
import static io.jenkins.plugins.releaseguard.contract.schema.Field.text;
import static io.jenkins.plugins.releaseguard.contract.schema.FieldType.IDS;

import io.jenkins.plugins.releaseguard.contract.CheckSpec;
import io.jenkins.plugins.releaseguard.contract.Entry;
import io.jenkins.plugins.releaseguard.contract.Settings;
import io.jenkins.plugins.releaseguard.contract.schema.Field;
import io.jenkins.plugins.releaseguard.contract.schema.SpecKind;
import io.jenkins.plugins.releaseguard.evidence.Check;
import io.jenkins.plugins.releaseguard.evidence.CheckContext;
import io.jenkins.plugins.releaseguard.evidence.Finding;
import io.jenkins.plugins.releaseguard.evidence.Origin;
import io.jenkins.plugins.releaseguard.evidence.check.source.CheckCommand;
import io.jenkins.plugins.releaseguard.evidence.check.source.Fetched;
import io.jenkins.plugins.releaseguard.evidence.check.source.StrictJson;
import io.jenkins.plugins.releaseguard.text.Lines;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Every included EPIC is complete, by the tracker's word or a command's. */
public final class EpicsCheck implements Check {
    private static final SpecKind KIND = SpecKind.check("epics", "The included EPICs are complete.")
            .fields(
                    Field.of("ids", IDS, "which; else release.includes"),
                    text("url", "the tracker's JSON address, {id} stands for the id"),
                    text("endpoint", "or the id of an endpoint set up in Jenkins"),
                    text("path", "added to the endpoint's address, {id} stands for the id"),
                    text("run", "or a command that prints the state of $ITEM_ID"),
                    text("field", "JSON pointer to the state").standard("/status"),
                    list("done", "states that count as complete").standard("done, closed, released"))
            .oneOf("url", "endpoint", "run")
            .exclusive("url", "endpoint", "run")
            .exclusive("url", "path");

    private static final int MOST = 200;

    @Override
    public SpecKind kind() {
        return KIND;
    }

    @Override
    public Finding evaluate(Entry entry, CheckSpec spec, CheckContext context)
            throws IOException, InterruptedException {
        Settings settings = spec.settings();
        List<String> ids = ids(settings, context);
        boolean command =
                settings.text("url").isEmpty() && settings.text("endpoint").isEmpty();
        Finding.Builder found = Finding.now(context)
                .looked(Lines.some(ids))
                .from(command ? Origin.WORKSPACE : Origin.CONTROLLER)
                .limit(String.join(", ", settings.texts("done")));
        if (ids.isEmpty()) {
            return found.unknown(
                    "the release includes no EPIC", "list them under release.includes, or give the check ids");
        }
        if (ids.size() > MOST) {
            return found.unknown(
                    ids.size() + " ids, and each is asked for by itself; the limit is " + MOST,
                    "give the check the ids that count, or split it");
        }
        List<String> open = new ArrayList<>();
        for (String id : ids) {
            String state = command ? byCommand(id, settings, context) : byTracker(id, settings, context);
            if (settings.texts("done").stream().noneMatch(state::equalsIgnoreCase)) {
                open.add(id + " is " + (state.isBlank() ? "nothing" : state));
            }
        }
        found.value((ids.size() - open.size()) + " of " + ids.size() + " complete");
        return open.isEmpty()
                ? found.pass("all are complete")
                : found.fail(Lines.some(open), "complete them, or take them out of the release");
    }

    private static List<String> ids(Settings settings, CheckContext context) {
        List<String> named = settings.texts("ids");
        return named.isEmpty()
                ? context.contract().release().includes().stream()
                        .filter(i -> i.startsWith("EPIC-"))
                        .toList()
                : named;
    }

    private static String byCommand(String id, Settings settings, CheckContext context)
            throws IOException, InterruptedException {
        if (settings.text("run").isEmpty()) {
            throw new IOException("the check names no url, endpoint or command");
        }
        String printed = CheckCommand.printed(settings, context, Map.of("ITEM_ID", id));
        return printed.substring(printed.lastIndexOf('\n') + 1).strip();
    }

    private static String byTracker(String id, Settings settings, CheckContext context)
            throws IOException, InterruptedException {
        String encoded = URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
        String address = Fetched.address(settings).replace("{id}", encoded);
        Fetched answer = Fetched.called(settings.text("endpoint"), address, settings, context);
        return StrictJson.at(StrictJson.read(answer.text(), answer.looked()), settings.text("field"), answer.looked())
                .asText()
                .strip();
    }
}
