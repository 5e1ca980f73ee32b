// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where files are written. */
interface Disk {
    Disk OF_FILES = new Disk() {
        @Override
        public Storage open(Path file) throws IOException {
            return Storage.of(file);
        }

        @Override
        public Object name(Path file) {
            try {
                return Files.getFileStore(file).toString();
            } catch (IOException e) {
                // some containers show no mount for it
                return String.valueOf(file.toAbsolutePath().getRoot());
            }
        }
    };

    /** Opens a file for writing, and makes it where there is none. */
    Storage open(Path file) throws IOException;

    /** Equal for files that hang together. */
    Object name(Path file);
}
