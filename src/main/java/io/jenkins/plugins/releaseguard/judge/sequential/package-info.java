// SPDX-License-Identifier: MIT
/** Judging look by look: betting e-processes and the confidence sequences that are their inverse, valid at every look. */
package io.jenkins.plugins.releaseguard.judge.sequential;
