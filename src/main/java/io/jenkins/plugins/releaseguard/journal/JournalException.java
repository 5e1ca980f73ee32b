// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.journal;

import java.io.IOException;

/** The journal is not what was written: names the file and the line (from 1) and says what differs. */
public final class JournalException extends IOException {
    private static final long serialVersionUID = 1L;
    private final long line;
    private final String what;

    JournalException(String file, long line, String what) {
        super(file + " line " + line + ": " + what);
        this.line = line;
        this.what = what;
    }

    public long line() {
        return line;
    }

    /** What differs, without the place. */
    public String what() {
        return what;
    }
}
