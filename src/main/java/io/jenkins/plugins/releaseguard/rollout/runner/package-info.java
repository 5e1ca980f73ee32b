// SPDX-License-Identifier: MIT
/** Drives a rollout through ports: journals what happened, performs what is decided, feeds back what came of it. */
package io.jenkins.plugins.releaseguard.rollout.runner;
