// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.read;

/**
 * One report of coverage: its figures as a whole, the same by file and line where the report has them (null where they
 * weren't asked for), and the time that it gives itself.
 */
public record CoverageReport(Coverage whole, CoverageUnits units, OwnTime time) {}
