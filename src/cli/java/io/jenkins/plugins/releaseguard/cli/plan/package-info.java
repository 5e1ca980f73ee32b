// SPDX-License-Identifier: MIT
/** The command {@code release-guard plan}: where a service's past is read, and how the forecast is shown. */
package io.jenkins.plugins.releaseguard.cli.plan;
