// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.config;

import io.jenkins.plugins.releaseguard.effect.http.Endpoint;

/** Where people are told something: a JSON object is posted, with the message in {@code field}. */
public record Channel(Endpoint endpoint, String field) {
    /** What Slack, Mattermost, Rocket.Chat, Google Chat and Teams' workflows understand. */
    public static final String TEXT = "text";
}
