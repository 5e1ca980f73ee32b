// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract;

/** How much a {@link Problem} matters: an error stops the release, a warning is a should-have, a note informs. */
public enum Severity {
    ERROR,
    WARNING,
    NOTE
}
