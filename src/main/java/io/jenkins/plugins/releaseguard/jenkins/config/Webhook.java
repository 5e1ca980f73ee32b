// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.config;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.releaseguard.http.Endpoint;
import io.jenkins.plugins.releaseguard.http.HttpCall;
import io.jenkins.plugins.releaseguard.http.HttpResult;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** A chat or pager: a JSON object is posted, with the message in {@code field}. */
record Webhook(String id, Endpoint endpoint, String field) implements Channel {
    /** What Slack, Mattermost, Rocket.Chat, Google Chat and Teams' workflows understand. */
    static final String TEXT = "text";

    private static final int OK = 200;
    private static final int MULTIPLE_CHOICES = 300;

    @Override
    public void tell(String text, Duration limit) throws IOException, InterruptedException {
        String body = new ObjectMapper().writeValueAsString(Map.of(field, text));
        HttpCall call = new HttpCall("POST", id, "", Map.of("Content-Type", "application/json"), body, limit);
        HttpResult result = ConfiguredHttp.to(name -> Optional.of(endpoint)).call(call);
        if (result.status() < OK || result.status() >= MULTIPLE_CHOICES) {
            throw new IOException(call + " answered " + result.status());
        }
    }
}
