// SPDX-License-Identifier: MIT
/** The profile that judges as Spinnaker's Kayenta does, for those who come from there. */
package io.jenkins.plugins.releaseguard.judge.kayenta;
