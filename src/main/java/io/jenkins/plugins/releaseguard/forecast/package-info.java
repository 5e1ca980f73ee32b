// SPDX-License-Identifier: MIT
/**
 * What a release will likely take: a service's habits, estimated from its past, releases simulated with the real judge on traffic
 * that is fitted to them, and what a contract could say better. No clock, no chance without a seed, no I/O. {@code docs/plan.md}.
 */
package io.jenkins.plugins.releaseguard.forecast;
