// SPDX-License-Identifier: MIT
/**
 * Looking at the world: checks that say pass, fail, unknown or waived, each with the number, the limit, the origin and the
 * time. Checks reach the world only through the ports that {@link io.jenkins.plugins.releaseguard.evidence.CheckContext} hands them.
 */
package io.jenkins.plugins.releaseguard.evidence;
