// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.check.operation;

import static io.jenkins.plugins.releaseguard.contract.schema.Field.choice;
import static io.jenkins.plugins.releaseguard.contract.schema.Field.list;
import static io.jenkins.plugins.releaseguard.contract.schema.Field.text;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.releaseguard.contract.CheckSpec;
import io.jenkins.plugins.releaseguard.contract.Entry;
import io.jenkins.plugins.releaseguard.contract.FeatureFlag;
import io.jenkins.plugins.releaseguard.contract.Settings;
import io.jenkins.plugins.releaseguard.contract.schema.SpecKind;
import io.jenkins.plugins.releaseguard.evidence.Check;
import io.jenkins.plugins.releaseguard.evidence.CheckContext;
import io.jenkins.plugins.releaseguard.evidence.Finding;
import io.jenkins.plugins.releaseguard.evidence.check.source.Fetched;
import io.jenkins.plugins.releaseguard.evidence.check.source.StrictJson;
import io.jenkins.plugins.releaseguard.text.Lines;
import io.jenkins.plugins.releaseguard.text.Quantity;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Feature flags stand as planned, by their provider's word. */
public final class FlagsCheck implements Check {
    private static final SpecKind KIND = SpecKind.check("flags", "Feature flags stand as planned.")
            .main(list("ids", "which; else all of the contract"))
            .fields(
                    choice(
                                    "state",
                                    List.of("off", "on", "initial"),
                                    "how they must stand, or as the contract's initial says")
                            .standard("off"),
                    text("provider", "id of the flag service set up in Jenkins"),
                    text("file", "or a JSON file of flag states"),
                    text("url", "or an address that answers with such JSON"),
                    text("field", "JSON pointer to the flags in it"))
            .oneOf("provider", "file", "url")
            .exclusive("provider", "file", "url");

    @Override
    public SpecKind kind() {
        return KIND;
    }

    @Override
    public Duration maxAge(CheckSpec spec) {
        return Duration.ofHours(1);
    }

    @Override
    public Finding evaluate(Entry entry, CheckSpec spec, CheckContext context)
            throws IOException, InterruptedException {
        Settings settings = spec.settings();
        Map<String, String> wanted = wanted(settings, context);
        Finding.Builder found = Finding.now(context).looked("feature flags");
        if (wanted.isEmpty()) {
            return found.unknown("the contract has no feature flags", "list them under flags, or give the check ids");
        }
        Fetched states = settings.text("provider").isEmpty()
                ? Fetched.by(settings, context)
                : Fetched.called(settings.text("provider"), "", settings, context);
        states.into(found);
        JsonNode flags =
                StrictJson.at(StrictJson.read(states.text(), states.looked()), settings.text("field"), states.looked());
        List<String> wrong = new ArrayList<>();
        List<String> unclear = new ArrayList<>();
        wanted.forEach((id, state) -> {
            String is = state(flags, id);
            if (is.isEmpty() || state.isEmpty()) {
                unclear.add(id);
            } else if (!is.equals(state)) {
                wrong.add(id + " is " + is + ", not " + state);
            }
        });
        found.value((wanted.size() - wrong.size() - unclear.size()) + " of " + wanted.size() + " as planned")
                .limit("all");
        if (!wrong.isEmpty()) {
            return found.fail(Lines.some(wrong), "turn them as planned before the release");
        }
        return unclear.isEmpty()
                ? found.pass(Quantity.count(wanted.size(), "flag") + " as planned")
                : found.unknown(
                        "nobody knows how these stand or should: " + Lines.some(unclear),
                        "let the provider know them, and give them an initial state");
    }

    private static Map<String, String> wanted(Settings settings, CheckContext context) throws IOException {
        List<FeatureFlag> known = context.contract().flags();
        List<String> ids = settings.texts("ids").isEmpty()
                ? known.stream().map(FeatureFlag::id).toList()
                : settings.texts("ids");
        String state = settings.text("state").isEmpty() ? "off" : settings.text("state");
        Map<String, String> wanted = new LinkedHashMap<>();
        for (String id : ids) {
            String initial = known.stream()
                    .filter(f -> f.id().equals(id))
                    .map(FeatureFlag::initial)
                    .findFirst()
                    .orElse("");
            wanted.put(id, state.equals("initial") ? state(initial) : state);
        }
        return wanted;
    }

    /** {@code {"flag": false}}, {@code {"flag": "off"}}, {@code {"flag": {"enabled": false}}}, or a list with key or name. */
    private static String state(JsonNode flags, String id) {
        JsonNode flag = flags.path(id);
        if (flags.isArray()) {
            for (JsonNode one : flags) {
                if (one.path("key")
                        .asText(one.path("name").asText(one.path("id").asText("")))
                        .equals(id)) {
                    flag = one;
                }
            }
        }
        if (flag.isObject()) {
            flag = flag.has("enabled") ? flag.path("enabled") : flag.has("on") ? flag.path("on") : flag.path("state");
        }
        return flag.isValueNode() ? state(flag.asText()) : "";
    }

    private static String state(String text) {
        return switch (text == null ? "" : text.strip().toLowerCase(Locale.ROOT)) {
            case "off", "false", "no", "disabled", "inactive" -> "off";
            case "on", "true", "yes", "enabled", "active" -> "on";
            default -> "";
        };
    }
}
