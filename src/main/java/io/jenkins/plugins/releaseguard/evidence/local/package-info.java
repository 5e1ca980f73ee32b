// SPDX-License-Identifier: MIT
/** Ports of {@code evidence} on this machine's file system. */
package io.jenkins.plugins.releaseguard.evidence.local;
