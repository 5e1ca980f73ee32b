// SPDX-License-Identifier: MIT
/**
 * The release contract as records. Its rooms: {@code schema} (what may stand in it), {@code grammar} (thresholds, durations,
 * amounts, ids), {@code read} (from files to these records), {@code lint}, {@code policy}. Knows nothing of how evidence is
 * gathered or traffic moved.
 */
package io.jenkins.plugins.releaseguard.contract;
