// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract;

import io.jenkins.plugins.releaseguard.Beta;

/** An artifact by path, relative to the workspace, and SHA-256 in lower-case hex. */
@Beta
public record Artifact(String file, String sha256, Position at) {}
