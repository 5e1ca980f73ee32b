// SPDX-License-Identifier: MIT
/**
 * The verification report: a pure projection of the journal, as JSON, Markdown and a stand-alone page, the seal that binds them,
 * and the check of that seal.
 */
package io.jenkins.plugins.releaseguard.report;
