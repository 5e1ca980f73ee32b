// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.gate;

import io.jenkins.plugins.releaseguard.evidence.Evidence;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What a gate gathered, as evidence.json keeps it while the release is open; its schema is published as {@code evidence-v1}.
 *
 * @param looked when each was last looked at, by {@code ENTRY/CHECK}; null in records of older versions
 */
public record KeptEvidence(List<Evidence> evidence, Map<String, Instant> looked) {}
