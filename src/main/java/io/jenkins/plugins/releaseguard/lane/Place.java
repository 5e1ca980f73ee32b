// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.lane;

/**
 * Whose call it is, and where to.
 *
 * @param release who shares the lane with others; one's own share is what it can use up
 * @param destination what is called; the same for all who would wait for the same thing
 */
public record Place(String release, String destination) {}
