// SPDX-License-Identifier: MIT
/**
 * The rehearsal: a whole release against two embedded versions of a service, with the production sources, routers, judge and
 * runner over real sockets. Only the fault injector of {@code world} knows what goes wrong.
 */
package io.jenkins.plugins.releaseguard.cli.rehearse;
