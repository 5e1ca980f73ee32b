// SPDX-License-Identifier: MIT
/** What evidence and effects may know of a release in Jenkins: the release as a scope, its node, its HTTP, its ledger. */
package io.jenkins.plugins.releaseguard.jenkins.scope;
