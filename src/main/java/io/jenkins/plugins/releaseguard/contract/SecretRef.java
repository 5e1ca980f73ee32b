// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract;

import io.jenkins.plugins.releaseguard.Beta;
import java.time.Duration;
import java.time.LocalDate;

/**
 * A secret by its credentials id, with its rotation plan; never its value. {@code rotate} and {@code rotated} are
 * null where not given.
 */
@Beta
public record SecretRef(
        String id,
        String kind,
        String store,
        Duration rotate,
        LocalDate rotated,
        String procedure,
        String emergency,
        String owner,
        Position at) {}
