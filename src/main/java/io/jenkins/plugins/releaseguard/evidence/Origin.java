// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence;

import io.jenkins.plugins.releaseguard.Beta;
import java.util.Locale;

/** Where what was looked at came from, hence who could have written it. */
@Beta
public enum Origin {
    /** Fetched or computed by the controller (or the command line) itself; out of the build's reach. */
    CONTROLLER,
    /** A file archived by this or a named build. */
    ARCHIVE,
    /** A file of the revision that is built: went through the repository's own review. */
    REVISION,
    /** A file that the build can write. */
    WORKSPACE,
    /** A person's word, with the name. */
    PERSON,
    /** The ledger of sealed releases. */
    LEDGER;

    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
