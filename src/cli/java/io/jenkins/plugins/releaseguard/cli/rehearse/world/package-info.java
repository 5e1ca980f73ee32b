// SPDX-License-Identifier: MIT
/** Two versions of a service behind a weighted proxy, their users, and what goes wrong. Knows nothing of the release. */
package io.jenkins.plugins.releaseguard.cli.rehearse.world;
