// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.simulation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;

/** The machine of all releases: a controller runs on it, and another once that was killed. */
final class Machine {
    private final Universe universe;
    private final boolean threads;
    private final List<Release> releases;
    private Controller controller;
    private Duration clockOff = Duration.ZERO;
    private boolean down = true;

    /** @param threads whether what waits keeps a thread */
    Machine(Universe universe, boolean threads, List<Release> releases) {
        this.universe = universe;
        this.threads = threads;
        this.releases = releases;
    }

    void start() {
        down = false;
        controller = new Controller(universe, threads, clockOff);
        universe.runs(controller);
    }

    /** The last that was started. */
    Controller controller() {
        return controller;
    }

    /** Whether no controller runs. */
    boolean isDown() {
        return down;
    }

    /** The controller is gone for a time; all releases are taken up again behind it. */
    void kill(Duration lasts) {
        down = true;
        controller.die();
        try {
            for (Release release : releases) {
                release.die();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        universe.after(lasts, () -> {
            start();
            releases.forEach(release -> release.lives.begin(controller, lasts));
        });
    }

    void setClock(Duration by) {
        clockOff = clockOff.plus(by);
        controller.setClock(by);
    }

    void clean() {
        if (controller != null) {
            controller.die();
        }
    }
}
