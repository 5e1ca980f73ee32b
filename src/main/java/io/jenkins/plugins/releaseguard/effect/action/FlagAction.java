// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.effect.action;

import static io.jenkins.plugins.releaseguard.contract.schema.Field.choice;
import static io.jenkins.plugins.releaseguard.contract.schema.Field.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.releaseguard.contract.Settings;
import io.jenkins.plugins.releaseguard.contract.schema.SpecKind;
import io.jenkins.plugins.releaseguard.effect.EffectException;
import io.jenkins.plugins.releaseguard.http.HttpCall;
import io.jenkins.plugins.releaseguard.http.HttpCalls;
import io.jenkins.plugins.releaseguard.http.HttpResult;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Turns a flag: {@code PUT provider/id} with {@code {"id": …, "state": "off", "enabled": false}}. A provider that tells how
 * the flag stands, in its answer or when asked at the same address, is held to it.
 */
final class FlagAction implements ProcedureAction {
    private static final SpecKind KIND = SpecKind.action("flag", "Turns a feature flag.")
            .main(text("id", "the flag").must())
            .fields(
                    choice("state", List.of("off", "on"), "what it becomes").standard("off"),
                    text("provider", "id of the flag service set up in Jenkins"));

    /** Made when a flag is first set: linting knows the action and sets none. */
    private static final class Json {
        static final ObjectMapper JSON = new ObjectMapper();
    }

    @Override
    public SpecKind kind() {
        return KIND;
    }

    /** Whether it can be asked how it stands is seen then. */
    @Override
    public List<EndpointUse> endpoints(Settings settings) {
        String provider = settings.text("provider");
        return provider.isBlank() ? List.of() : List.of(new EndpointUse(provider, "PUT", path(settings.text("id"))));
    }

    private static String path(String id) {
        return URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public void perform(ActionCall call) throws EffectException, InterruptedException {
        Settings settings = call.settings();
        String id = settings.text("id");
        String provider = settings.text("provider");
        if (provider.isBlank()) {
            throw new EffectException(
                    "nobody knows where flag '" + id + "' is turned: turn it by hand now, and give the"
                            + " action provider: the id of an endpoint set up in Jenkins");
        }
        boolean on = settings.text("state").equals("on");
        Duration limit = call.limit(HttpAction.LIMIT);
        String path = path(id);
        Map<String, String> headers = new LinkedHashMap<>(HttpAction.once(call));
        headers.put("Content-Type", "application/json");
        String body = Json.JSON
                .createObjectNode()
                .put("id", id)
                .put("state", on ? "on" : "off")
                .put("enabled", on)
                .toString();
        HttpCalls http = call.context().http();
        HttpResult turned =
                HttpAction.call(http, new HttpCall("PUT", provider, path, headers, body, limit), HttpAction.DONE);
        Optional<Boolean> stands = enabled(turned);
        if (stands.isEmpty()) {
            stands = asked(http, new HttpCall("GET", provider, path, Map.of(), null, limit));
        }
        if (stands.isPresent() && stands.get() != on) {
            throw new EffectException("flag '" + id + "' is still " + (on ? "off" : "on") + " by the word of "
                    + provider + ", which had accepted the change: turn it by hand now");
        }
    }

    /** Not every service can be asked: then its acceptance is all there is. */
    private static Optional<Boolean> asked(HttpCalls http, HttpCall call) throws InterruptedException {
        try {
            HttpResult result = http.call(call);
            return result.status() == 200 ? enabled(result) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<Boolean> enabled(HttpResult result) {
        try {
            JsonNode json = Json.JSON.readTree(result.body());
            JsonNode value = json.has("enabled") ? json.path("enabled") : json.path("state");
            return switch (value.asText("")) {
                case "true", "on" -> Optional.of(true);
                case "false", "off" -> Optional.of(false);
                default -> Optional.empty();
            };
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
