// SPDX-License-Identifier: MIT
/** What goes wrong around a rehearsed release, drawn from a seed: calls, disk, process, service. The release knows nothing of it. */
package io.jenkins.plugins.releaseguard.cli.rehearse.chaos;
