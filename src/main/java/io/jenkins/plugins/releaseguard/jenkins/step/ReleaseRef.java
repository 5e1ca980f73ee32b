// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.step;

import java.io.Serializable;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** In the context of a body: the release that the enclosing step opened. */
@Restricted(NoExternalUse.class)
public final class ReleaseRef implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String id;

    ReleaseRef(String id) {
        this.id = id;
    }

    String id() {
        return id;
    }
}
