// SPDX-License-Identifier: MIT
/** The command line {@code release-guard}. */
package io.jenkins.plugins.releaseguard.cli;
