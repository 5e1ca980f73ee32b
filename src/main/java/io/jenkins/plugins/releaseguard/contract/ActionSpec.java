// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract;

/**
 * One action of a rollback procedure: {@code {traffic: 0}} has kind {@code traffic} and the single value under
 * {@code value}.
 */
public record ActionSpec(String kind, Settings settings, Position at) {}
