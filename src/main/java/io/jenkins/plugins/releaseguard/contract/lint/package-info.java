// SPDX-License-Identifier: MIT
/**
 * What a release contract owes: rules, each with the anti-pattern that it prevents, and the forms in which findings
 * are written.
 */
package io.jenkins.plugins.releaseguard.contract.lint;
