// SPDX-License-Identifier: MIT
/** The gate's answer in the Checks API, where that plugin is there. */
package io.jenkins.plugins.releaseguard.jenkins.checks;
