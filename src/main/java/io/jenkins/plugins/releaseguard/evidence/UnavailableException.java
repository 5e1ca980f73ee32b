// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence;

import io.jenkins.plugins.releaseguard.Beta;
import java.io.IOException;

/** What a check needs is not at hand here; carries what to do about it. */
@Beta
public final class UnavailableException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String fix;

    public UnavailableException(String message, String fix) {
        super(message);
        this.fix = fix;
    }

    public String fix() {
        return fix;
    }
}
