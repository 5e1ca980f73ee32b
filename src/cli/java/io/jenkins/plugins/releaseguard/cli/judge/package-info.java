// SPDX-License-Identifier: MIT
/** The commands {@code judge} and {@code replay}. */
package io.jenkins.plugins.releaseguard.cli.judge;
