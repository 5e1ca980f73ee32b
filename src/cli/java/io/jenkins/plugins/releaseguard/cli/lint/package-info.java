// SPDX-License-Identifier: MIT
/** The command {@code release-guard lint}. */
package io.jenkins.plugins.releaseguard.cli.lint;
