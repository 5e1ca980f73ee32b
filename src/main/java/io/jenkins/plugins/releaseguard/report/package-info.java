// SPDX-License-Identifier: MIT
/**
 * The verification report: a pure projection of the journal, its JSON form, the seal that binds it to the journal and to the pages of
 * {@link io.jenkins.plugins.releaseguard.report.view}, and the check of that seal.
 */
package io.jenkins.plugins.releaseguard.report;
