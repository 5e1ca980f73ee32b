// SPDX-License-Identifier: MIT
/** What changes the world: traffic routers, commands, HTTP calls, jobs, flags, notifications. Decides nothing. */
package io.jenkins.plugins.releaseguard.effect;
