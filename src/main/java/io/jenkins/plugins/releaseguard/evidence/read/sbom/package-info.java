// SPDX-License-Identifier: MIT
/** Bills of materials, and what their licences come to under a policy. */
package io.jenkins.plugins.releaseguard.evidence.read.sbom;
