// SPDX-License-Identifier: MIT
/**
 * Files that others wrote, for other tools, as a release contract: each format has a reader, known by its content, which puts
 * metrics, triggers and phases into a {@code ContractDraft} and says of each word that it can't carry over why. No input, no output.
 */
package io.jenkins.plugins.releaseguard.contract.carry;
