// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract;

/** The kinds of checks and actions a contract may name, with their fields; read by the reader, lint, the JSON Schema and the reference. */
public final class CheckKinds {
    private CheckKinds() {}
}
