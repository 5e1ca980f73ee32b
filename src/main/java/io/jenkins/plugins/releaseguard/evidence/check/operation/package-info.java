// SPDX-License-Identifier: MIT
/** Checks of what runs and what it needs: metrics, calls, commands, budgets, freezes, backups, migrations, settings. */
package io.jenkins.plugins.releaseguard.evidence.check.operation;
