// SPDX-License-Identifier: MIT
/** What the gate and the validations look at in Jenkins: files, tests, sign-offs, fingerprints, policies, metric sources. */
package io.jenkins.plugins.releaseguard.jenkins.evidence;
