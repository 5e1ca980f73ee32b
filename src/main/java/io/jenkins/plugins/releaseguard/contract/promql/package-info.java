// SPDX-License-Identifier: MIT
/**
 * PromQL as contracts have it: read into a tree with positions, and what a query's answer is of, a count of the look, a rate, a ratio.
 * Nothing here evaluates a query.
 */
package io.jenkins.plugins.releaseguard.contract.promql;
