// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract;

import io.jenkins.plugins.releaseguard.Beta;

/**
 * A machine-readable check: {@code {tests: {passRate: ">95%"}}} has kind {@code tests}. What a kind may have is declared
 * by its {@code schema.SpecKind}.
 */
@Beta
public record CheckSpec(String kind, Settings settings, Position at) {}
