// SPDX-License-Identifier: MIT
/** Prometheus and what speaks its HTTP API: exact counts of an interval from raw scrapes. */
package io.jenkins.plugins.releaseguard.metric.prometheus;
