// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract;

/** A known risk and what is done about it. */
public record Risk(String id, String title, String likelihood, String impact, String status, String mitigation, String owner, Position at) {}
