// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.forecast;

/**
 * When a harm that begins with a phase would be seen, and what it costs until then.
 *
 * @param harm for people
 * @param seen seconds until the judge says stop; infinite where that takes longer than was looked
 * @param failed failed requests beyond the usual ones until then: the median; infinite with it
 */
public record HarmOutlook(String harm, Outlook seen, double failed) {}
