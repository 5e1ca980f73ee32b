// SPDX-License-Identifier: MIT
/** What contracts may name in this Jenkins. */
package io.jenkins.plugins.releaseguard.jenkins.catalog;
