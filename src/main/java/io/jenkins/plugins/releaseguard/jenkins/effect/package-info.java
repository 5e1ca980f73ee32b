// SPDX-License-Identifier: MIT
/** What a rollback procedure does in Jenkins: jobs, commands on agents, calls, flags, other routers, people. */
package io.jenkins.plugins.releaseguard.jenkins.effect;
