// SPDX-License-Identifier: MIT
/**
 * Release Guard. Each sub-package is a room, and {@code docs/architecture.md} draws them: {@code text} and {@code http} are the ground
 * floor; {@code contract} and {@code journal} stand on it; {@code metric}, {@code effect}, {@code evidence} and {@code judge} above
 * them; {@code gate}, {@code rollout} and {@code report} above these; {@code catalog} gathers the checks and actions. Only
 * {@code jenkins} knows Jenkins. Dependencies point down ({@code ArchitectureTest}).
 */
package io.jenkins.plugins.releaseguard;
