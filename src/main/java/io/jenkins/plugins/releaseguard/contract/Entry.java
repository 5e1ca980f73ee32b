// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract;

import io.jenkins.plugins.releaseguard.Beta;

/** One DEP- entry of the contract. */
@Beta
public sealed interface Entry permits EnvironmentEntry, CriteriaEntry, RollbackEntry, ValidationEntry, StepEntry {
    EntryHead head();

    EntryType type();

    default String id() {
        return head().id();
    }

    default Stage stage() {
        return head().stage();
    }

    default String title() {
        return head().title();
    }

    default String owner() {
        return head().owner();
    }
}
