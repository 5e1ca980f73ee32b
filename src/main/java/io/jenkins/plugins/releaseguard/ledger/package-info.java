// SPDX-License-Identifier: MIT
/**
 * The ledger of a service's releases: what is kept of each beyond its build, sealed so that an entry that was edited or written by hand
 * is told from one that was given, and the controller's key that signs it.
 */
package io.jenkins.plugins.releaseguard.ledger;
