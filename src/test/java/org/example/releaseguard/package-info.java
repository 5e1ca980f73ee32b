// SPDX-License-Identifier: MIT
/**
 * A plugin of somebody else, which adds one of each: a check, an action, a router, a metric source, a channel.
 * {@code docs/extending.md} shows it, {@code ExtendingTest} runs it in a Jenkins of its own.
 */
package org.example.releaseguard;
