// SPDX-License-Identifier: MIT
/**
 * A look's samples, as a source gave them: whether they can be true, and as the judge takes them and answers. They know nothing of
 * where the release stands.
 */
package io.jenkins.plugins.releaseguard.rollout.sample;
