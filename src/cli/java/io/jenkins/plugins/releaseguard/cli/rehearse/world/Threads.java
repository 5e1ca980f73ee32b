// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rehearse.world;

/** Daemon threads with small stacks: the world has hundreds of them, nearly all asleep. */
final class Threads {
    private static final long STACK_BYTES = 192 * 1024;

    private Threads() {}

    static Thread start(String name, Runnable work) {
        Thread thread = new Thread(null, work, "rehearsal-" + name, STACK_BYTES);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
