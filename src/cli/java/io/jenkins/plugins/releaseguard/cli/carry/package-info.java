// SPDX-License-Identifier: MIT
/** The command {@code release-guard import}. */
package io.jenkins.plugins.releaseguard.cli.carry;
