// SPDX-License-Identifier: MIT
/**
 * Lanes of calls to the world: a fair queue each, with shares that no release and no destination can use up for others, and deadlines
 * that begin when a call does. Knows nothing of what is called.
 */
package io.jenkins.plugins.releaseguard.lane;
