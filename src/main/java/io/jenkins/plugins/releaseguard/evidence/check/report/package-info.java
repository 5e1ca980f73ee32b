// SPDX-License-Identifier: MIT
/** Checks of what tools report: tests, findings of scans, coverage, bills of materials. */
package io.jenkins.plugins.releaseguard.evidence.check.report;
