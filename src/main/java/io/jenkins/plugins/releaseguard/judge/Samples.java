// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge;

/** How much was looked at on each side: requests of a rate or count, values of a latency or gauge. */
public record Samples(double baseline, double canary) {}
