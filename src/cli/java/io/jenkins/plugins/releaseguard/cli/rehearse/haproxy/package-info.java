// SPDX-License-Identifier: MIT
/** HAProxy's runtime API over the world's proxy: weights, states and counters. */
package io.jenkins.plugins.releaseguard.cli.rehearse.haproxy;
