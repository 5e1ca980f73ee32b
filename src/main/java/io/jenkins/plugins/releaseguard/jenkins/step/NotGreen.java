// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.step;

import jenkins.model.CauseOfInterruption;

/** {@link ReleaseFailure} as programs and builds of before the first release have it; becomes one as it is read. */
@Deprecated
final class NotGreen extends CauseOfInterruption {
    private static final long serialVersionUID = 1L;

    private String text;

    private Object readResolve() {
        return new ReleaseFailure(text);
    }

    @Override
    public String getShortDescription() {
        return text;
    }
}
