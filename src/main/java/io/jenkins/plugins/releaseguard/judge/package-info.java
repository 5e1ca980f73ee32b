// SPDX-License-Identifier: MIT
/**
 * Is the canary worse? Pure functions from samples to a verdict that explains itself: no clock, no I/O, no randomness
 * without a seed. {@code docs/judge.md} gives every test's assumptions, formula and source.
 */
package io.jenkins.plugins.releaseguard.judge;
