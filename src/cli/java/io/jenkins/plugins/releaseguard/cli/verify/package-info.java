// SPDX-License-Identifier: MIT
/** {@code release-guard verify}: is a release's folder still what was written? */
package io.jenkins.plugins.releaseguard.cli.verify;
