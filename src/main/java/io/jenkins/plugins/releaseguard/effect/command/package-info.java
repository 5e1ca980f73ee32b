// SPDX-License-Identifier: MIT
/** Running a command: the port, its calls and results, and the one for the machine that this runs on. */
package io.jenkins.plugins.releaseguard.effect.command;
