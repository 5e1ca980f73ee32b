// SPDX-License-Identifier: MIT
/** Metric sources: counts and series of an interval, per variant (canary, baseline). */
package io.jenkins.plugins.releaseguard.metric;
