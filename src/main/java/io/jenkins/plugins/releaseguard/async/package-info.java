// SPDX-License-Identifier: MIT
/** Calls that nobody need wait for: blocking work as a future that can be given up, and several calls given up as one. */
package io.jenkins.plugins.releaseguard.async;
