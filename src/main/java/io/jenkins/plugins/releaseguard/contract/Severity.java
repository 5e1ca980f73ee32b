// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract;

import io.jenkins.plugins.releaseguard.Beta;

/** How much a {@link Problem} matters: an error stops the release, a warning is a should-have, a note informs. */
@Beta
public enum Severity {
    ERROR,
    WARNING,
    NOTE
}
