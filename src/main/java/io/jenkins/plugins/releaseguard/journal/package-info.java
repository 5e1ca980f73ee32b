// SPDX-License-Identifier: MIT
/**
 * What happened: the vocabulary of events, the append-only hash-chained file they stand in, and the ledger of a service's
 * releases. Decides nothing.
 */
package io.jenkins.plugins.releaseguard.journal;
