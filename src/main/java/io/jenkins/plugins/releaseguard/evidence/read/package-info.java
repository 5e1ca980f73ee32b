// SPDX-License-Identifier: MIT
/** Readers of the files that evidence comes in. Each is a stream reader with bounds on size and depth that trusts nothing. */
package io.jenkins.plugins.releaseguard.evidence.read;
