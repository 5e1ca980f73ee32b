// SPDX-License-Identifier: MIT
/** What a controller or a folder demands of every contract: contracts can tighten it but not drop it. */
package io.jenkins.plugins.releaseguard.contract.policy;
