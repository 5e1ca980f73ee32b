// SPDX-License-Identifier: MIT
/** Prometheus' query API over the world's counters, for the subset of PromQL that a canary's queries need. */
package io.jenkins.plugins.releaseguard.cli.rehearse.promql;
