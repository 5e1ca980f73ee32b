// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.service;

import io.jenkins.plugins.releaseguard.contract.ActionSpec;
import io.jenkins.plugins.releaseguard.contract.RollbackEntry;
import io.jenkins.plugins.releaseguard.contract.Settings;
import io.jenkins.plugins.releaseguard.effect.EffectException;
import io.jenkins.plugins.releaseguard.effect.http.HttpCall;
import io.jenkins.plugins.releaseguard.effect.http.HttpCalls;
import io.jenkins.plugins.releaseguard.effect.http.HttpResult;
import io.jenkins.plugins.releaseguard.jenkins.config.Channel;
import io.jenkins.plugins.releaseguard.jenkins.config.Setups;
import io.jenkins.plugins.releaseguard.journal.Event;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/** What a rollback procedure does beside moving traffic, as far as it needs no agent. */
final class Actions {
    private static final Logger LOGGER = Logger.getLogger(Actions.class.getName());
    private static final Duration LIMIT = Duration.ofSeconds(15);
    private static final List<String> USUAL_STATUS = List.of("200", "201", "202", "204");

    private final OpenRelease release;
    private final RollbackJob jobs;

    Actions(OpenRelease release) {
        this.release = release;
        this.jobs = new RollbackJob(release);
    }

    void act(String key, String entry, ActionSpec action) throws EffectException, InterruptedException {
        Settings settings = action.settings();
        switch (action.kind()) {
            case "job" -> jobs.run(key, settings);
            case "notify" -> tell(settings.texts("to"), text(settings.text("message"), entry));
            case "http" -> http(key, settings);
            default ->
                throw new EffectException("the action '" + action.kind()
                        + "' needs an agent or a service that nobody waits with during a rollback; do it by a job");
        }
    }

    /** The rollback isn't confirmed: everybody that any rollback entry would tell is told now. */
    void escalate(Event.RollbackUnconfirmed event) {
        List<String> channels = release.contract().entries(RollbackEntry.class).stream()
                .flatMap(entry -> entry.notification().stream())
                .distinct()
                .toList();
        LOGGER.log(Level.SEVERE, () -> release.id() + ": " + event.reason());
        try {
            tell(channels, text("ROLLBACK NOT CONFIRMED: " + event.reason(), null));
        } catch (EffectException | InterruptedException e) {
            LOGGER.log(Level.SEVERE, () -> release.id() + " could not call people: " + Failures.text(e));
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private String text(String message, String entry) {
        Event.Breached breach = release.breach();
        return (message.isBlank() ? "" : message + " ")
                + release.info().service() + " " + release.contract().release().version() + " in "
                + release.info().environment()
                + (entry == null ? "" : ", " + entry)
                + (breach == null ? "" : ": " + breach.reason()) + " (" + release.url() + ")";
    }

    /** All channels are tried; what failed is said once, with every channel it failed for. */
    private void tell(List<String> channels, String text) throws EffectException, InterruptedException {
        List<String> failed = new ArrayList<>();
        for (String id : channels) {
            try {
                Channel channel = Setups.channel(release.place(), id)
                        .orElseThrow(() -> new EffectException("no such channel is set up"));
                channel.tell(text, LIMIT);
            } catch (IOException | EffectException | IllegalStateException e) {
                failed.add(id + " (" + e.getMessage() + ")");
            }
        }
        if (!failed.isEmpty()) {
            throw new EffectException("could not tell " + String.join(", ", failed));
        }
    }

    private void http(String key, Settings settings) throws EffectException, InterruptedException {
        Map<String, String> headers = new LinkedHashMap<>();
        if (settings.values().get("headers") instanceof Map<?, ?> map) {
            map.forEach((name, value) -> headers.put(name.toString(), String.valueOf(value)));
        }
        // receivers that know it do nothing twice
        headers.put("Idempotency-Key", release.id() + "-" + key);
        String endpoint = settings.text("endpoint");
        List<String> status = settings.has("status") ? settings.texts("status") : USUAL_STATUS;
        call(
                JenkinsHttp.of(release.place()),
                new HttpCall(
                        settings.has("method") ? settings.text("method") : "POST",
                        endpoint,
                        endpoint.isEmpty() ? settings.text("url") : settings.text("path"),
                        headers,
                        settings.has("body") ? settings.text("body") : null,
                        LIMIT),
                status);
    }

    private static void call(HttpCalls http, HttpCall call, List<String> wanted)
            throws EffectException, InterruptedException {
        try {
            HttpResult result = http.call(call);
            if (wanted.stream().map(s -> s.replaceAll("\\.0$", "")).noneMatch(s -> s.equals("" + result.status()))) {
                throw new EffectException(call + " answered " + result.status() + ", not "
                        + wanted.stream().collect(Collectors.joining(" or ")));
            }
        } catch (IOException e) {
            throw new EffectException(e.getMessage());
        }
    }
}
