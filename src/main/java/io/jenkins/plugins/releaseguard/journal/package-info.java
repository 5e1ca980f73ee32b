// SPDX-License-Identifier: MIT
/**
 * What happened: the vocabulary of events, and the append-only hash-chained file they stand in. Decides nothing.
 */
package io.jenkins.plugins.releaseguard.journal;
