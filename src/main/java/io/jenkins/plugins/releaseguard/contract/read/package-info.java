// SPDX-License-Identifier: MIT
/** From files to the contract: YAML, the plain-text DEP- template, includes, variables. Goes on after a problem, so that all of them are found at once. */
package io.jenkins.plugins.releaseguard.contract.read;
