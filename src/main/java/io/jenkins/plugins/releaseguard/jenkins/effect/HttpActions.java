// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.effect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.releaseguard.contract.Settings;
import io.jenkins.plugins.releaseguard.effect.EffectException;
import io.jenkins.plugins.releaseguard.http.HttpCall;
import io.jenkins.plugins.releaseguard.http.HttpCalls;
import io.jenkins.plugins.releaseguard.http.HttpResult;
import io.jenkins.plugins.releaseguard.jenkins.scope.JenkinsHttp;
import io.jenkins.plugins.releaseguard.jenkins.scope.ReleaseScope;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Actions that are calls of the controller: to any address that is allowed, and to a flag service. */
final class HttpActions {
    static final List<String> USUAL_STATUS = List.of("200", "201", "202", "204");
    private static final Duration LIMIT = Duration.ofSeconds(15);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ReleaseScope release;

    HttpActions(ReleaseScope release) {
        this.release = release;
    }

    void call(String key, Settings settings) throws EffectException, InterruptedException {
        Map<String, String> headers = new LinkedHashMap<>();
        if (settings.values().get("headers") instanceof Map<?, ?> map) {
            map.forEach((name, value) -> headers.put(name.toString(), String.valueOf(value)));
        }
        headers.putAll(once(key));
        String endpoint = settings.text("endpoint");
        call(
                JenkinsHttp.of(release.place()),
                new HttpCall(
                        settings.has("method") ? settings.text("method") : "POST",
                        endpoint,
                        endpoint.isEmpty() ? settings.text("url") : settings.text("path"),
                        headers,
                        settings.has("body") ? settings.text("body") : null,
                        Actions.limit(settings, LIMIT)),
                settings.has("status") ? settings.texts("status") : USUAL_STATUS);
    }

    /**
     * Turns a flag: {@code PUT provider/id} with {@code {"id": …, "state": "off", "enabled": false}}. A provider that tells how
     * the flag stands, in its answer or when asked at the same address, is held to it.
     */
    void turn(String key, Settings settings) throws EffectException, InterruptedException {
        String id = settings.text("id");
        String provider = settings.text("provider");
        if (provider.isBlank()) {
            throw new EffectException(
                    "nobody knows where flag '" + id + "' is turned: turn it by hand now, and give the"
                            + " action provider: the id of an endpoint set up in Jenkins");
        }
        boolean on = settings.text("state").equals("on");
        Duration limit = Actions.limit(settings, LIMIT);
        String path = URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
        Map<String, String> headers = new LinkedHashMap<>(once(key));
        headers.put("Content-Type", "application/json");
        String body = JSON.createObjectNode()
                .put("id", id)
                .put("state", on ? "on" : "off")
                .put("enabled", on)
                .toString();
        HttpCalls http = JenkinsHttp.of(release.place());
        HttpResult turned = call(http, new HttpCall("PUT", provider, path, headers, body, limit), USUAL_STATUS);
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
            JsonNode json = JSON.readTree(result.body());
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

    /** Receivers that know it do nothing twice. */
    private Map<String, String> once(String key) {
        return Map.of("Idempotency-Key", release.id() + "-" + key);
    }

    static HttpResult call(HttpCalls http, HttpCall call, List<String> wanted)
            throws EffectException, InterruptedException {
        try {
            HttpResult result = http.call(call);
            if (wanted.stream().map(s -> s.replaceAll("\\.0$", "")).noneMatch(s -> s.equals("" + result.status()))) {
                throw new EffectException(
                        call + " answered " + result.status() + ", not " + String.join(" or ", wanted));
            }
            return result;
        } catch (IOException e) {
            throw new EffectException(e.getMessage(), e);
        }
    }
}
