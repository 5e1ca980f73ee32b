// SPDX-License-Identifier: MIT
/** The small languages inside a contract's values: thresholds, durations, amounts, lists of ids. Whatever can't be read is an error with its column. */
package io.jenkins.plugins.releaseguard.contract.grammar;
