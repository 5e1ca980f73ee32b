// SPDX-License-Identifier: MIT
/** {@code release-guard rollback}: the way back of an open record, by hand and without Jenkins. */
package io.jenkins.plugins.releaseguard.cli.rollback;
