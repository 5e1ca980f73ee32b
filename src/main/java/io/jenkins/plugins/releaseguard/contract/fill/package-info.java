// SPDX-License-Identifier: MIT
/** What a build's value may become in a text of the contract, by its place: nothing that is read as more than a value. */
package io.jenkins.plugins.releaseguard.contract.fill;
