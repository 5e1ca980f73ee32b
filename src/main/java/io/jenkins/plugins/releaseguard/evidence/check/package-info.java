// SPDX-License-Identifier: MIT
/** The checks that a contract may name, a class each; {@link io.jenkins.plugins.releaseguard.evidence.check.StandardChecks} lists them. */
package io.jenkins.plugins.releaseguard.evidence.check;
