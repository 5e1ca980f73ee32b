// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract;

import java.util.List;

/** What every entry has. {@code owner} is empty where the contract names none (lint says so); ids are expanded from ranges. */
public record EntryHead(String id, Stage stage, String title, String owner, List<String> linkedIds, Position at) {}
