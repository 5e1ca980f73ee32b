// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract;

import io.jenkins.plugins.releaseguard.Beta;
import java.util.List;

/** A page of the incident playbook. */
@Beta
public record Incident(
        String id, String title, String symptom, List<String> steps, String escalation, String owner, Position at) {}
