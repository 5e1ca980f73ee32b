// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract;

/**
 * A machine-readable check: {@code {tests: {passRate: ">95%"}}} has kind {@code tests}. The kinds and their fields:
 * {@code schema.CheckKinds}.
 */
public record CheckSpec(String kind, Settings settings, Position at) {}
