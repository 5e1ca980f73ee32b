// SPDX-License-Identifier: MIT
/**
 * The release contract: its model (records), the readers (YAML and the plain-text DEP- template), the threshold
 * language and
 * lint. Knows nothing of how evidence is gathered or traffic moved.
 */
package io.jenkins.plugins.releaseguard.contract;
