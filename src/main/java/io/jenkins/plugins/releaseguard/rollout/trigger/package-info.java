// SPDX-License-Identifier: MIT
/**
 * Conditions that end a release: a metric held against its limit look by look, and a check asked again and again. They know
 * samples and how far they have come, not where the release stands.
 */
package io.jenkins.plugins.releaseguard.rollout.trigger;
