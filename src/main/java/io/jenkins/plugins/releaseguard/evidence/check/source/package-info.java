// SPDX-License-Identifier: MIT
/**
 * What checks look at, and how it is read: files, answers over HTTP, what a command prints, JSON and single numbers in them. Bounded,
 * digested, and an error that says the fix where it can't be had. No check stands here.
 */
package io.jenkins.plugins.releaseguard.evidence.check.source;
