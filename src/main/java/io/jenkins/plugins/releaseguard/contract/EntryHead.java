// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract;

import io.jenkins.plugins.releaseguard.Beta;
import java.util.List;
import java.util.Map;

/**
 * What every entry has. {@code owner} is empty where the contract names none (lint says so); of ids see
 * {@link IdList};
 * {@code details} keeps the prose: {@code description}, {@code verification} and {@code steps} (separated by line
 * breaks), and what a
 * plain-text entry says outside the known fields; {@code waiver} is null where none is given.
 */
@Beta
public record EntryHead(
        String id,
        Stage stage,
        String title,
        String owner,
        List<String> linkedIds,
        Map<String, String> details,
        Position at,
        Waiver waiver) {
    public EntryHead(
            String id, Stage stage, String title, String owner, List<String> linkedIds, Position at, Waiver waiver) {
        this(id, stage, title, owner, linkedIds, Map.of(), at, waiver);
    }

    public EntryHead(String id, Stage stage, String title, String owner, List<String> linkedIds, Position at) {
        this(id, stage, title, owner, linkedIds, Map.of(), at, null);
    }
}
