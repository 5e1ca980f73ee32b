// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract;

import io.jenkins.plugins.releaseguard.Beta;
import java.time.LocalDate;

/**
 * Someone's word that an entry may be missed until the end of a day ({@code until}, inclusive, UTC). An expired
 * waiver is a failure.
 */
@Beta
public record Waiver(String by, String reason, LocalDate until, Position at) {}
