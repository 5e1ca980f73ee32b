// SPDX-License-Identifier: MIT
/** Rank statistics: Mann and Whitney's U with its exact distribution, ties, and the shift that belongs to it. */
package io.jenkins.plugins.releaseguard.judge.rank;
