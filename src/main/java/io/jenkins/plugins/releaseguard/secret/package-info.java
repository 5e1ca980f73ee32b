// SPDX-License-Identifier: MIT
/**
 * Secrets: the one detector that tells their values in text ({@link io.jenkins.plugins.releaseguard.secret.SecretDetector}) and the one
 * mask that hides known ones ({@link io.jenkins.plugins.releaseguard.secret.Mask}). Knows no other room.
 */
package io.jenkins.plugins.releaseguard.secret;
