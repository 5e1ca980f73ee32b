// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.catalog;

import io.jenkins.plugins.releaseguard.catalog.Catalog;

/** Which checks and actions there are in this Jenkins: the one place that contracts are read, checked and performed by. */
public final class ReleaseCatalog {
    private ReleaseCatalog() {}

    /** Asked for at each use, never kept. */
    public static Catalog get() {
        return Catalog.STANDARD;
    }
}
