// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.schema;

import io.jenkins.plugins.releaseguard.Beta;

/**
 * A word that belongs to the language and that nothing carries out: refused, since a guard that does nothing is worse than none.
 *
 * @param word what may not be written, as one of a choice
 * @param why what would happen with it, as a clause
 * @param fix what to write instead
 */
@Beta
public record NotYet(String word, String why, String fix) {}
