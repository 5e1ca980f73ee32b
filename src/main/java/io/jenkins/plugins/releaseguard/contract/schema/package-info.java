// SPDX-License-Identifier: MIT
/** What a contract may hold: shapes and fields, the kinds of checks and actions, and the JSON Schema made of them. */
package io.jenkins.plugins.releaseguard.contract.schema;
