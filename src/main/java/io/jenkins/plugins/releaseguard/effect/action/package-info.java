// SPDX-License-Identifier: MIT
/** What a rollback's procedure may do: the standard actions, a class each, and what they and further ones are given. */
package io.jenkins.plugins.releaseguard.effect.action;
