// SPDX-License-Identifier: MIT
/** Judging once, from samples that are all there: a comparison of events and of values. */
package io.jenkins.plugins.releaseguard.judge.oneshot;
