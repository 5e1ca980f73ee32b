// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract;

import io.jenkins.plugins.releaseguard.Beta;
import java.util.List;

/** Who is told what at which stage. */
@Beta
public record Communication(Stage stage, List<String> to, String message, String by, Position at) {}
