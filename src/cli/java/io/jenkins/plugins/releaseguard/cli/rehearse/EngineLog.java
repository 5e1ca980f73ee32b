// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rehearse;

import java.io.IOException;
import java.nio.file.Path;
import java.util.logging.FileHandler;
import java.util.logging.Handler;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Has what the engine logs in a file: with chaos that is much, and would tear the rehearsal's lines apart. */
final class EngineLog implements AutoCloseable {
    static final String NAME = "engine.log";

    /** Held here, since nobody else would keep it. */
    private final Logger logger = Logger.getLogger("io.jenkins.plugins.releaseguard");

    private final Handler handler;

    EngineLog(Path folder) throws IOException {
        // the file's name is a pattern there
        handler = new FileHandler(folder.resolve(NAME).toString().replace("%", "%%"), true);
        handler.setFormatter(new SimpleFormatter());
        logger.addHandler(handler);
        logger.setUseParentHandlers(false);
    }

    @Override
    public void close() {
        logger.setUseParentHandlers(true);
        logger.removeHandler(handler);
        handler.close();
    }
}
