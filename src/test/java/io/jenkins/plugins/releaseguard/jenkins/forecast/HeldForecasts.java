// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.forecast;

import io.jenkins.plugins.releaseguard.jenkins.service.ReleaseGuardService;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import jenkins.util.SystemProperties;

/** No forecast is made for as long as this is open, and releases wait for theirs longer than any test takes. */
public final class HeldForecasts implements AutoCloseable {
    /** Seconds that a release waits for its first line. */
    public static final String WAIT = "io.jenkins.plugins.releaseguard.expectationWaitSeconds";

    private final CountDownLatch over = new CountDownLatch(1);
    private final String before = SystemProperties.getString(WAIT);

    public HeldForecasts() throws InterruptedException {
        System.setProperty(WAIT, "3600");
        CountDownLatch held = new CountDownLatch(1);
        Prospects.Question question = () -> {
            held.countDown();
            try {
                over.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            return Optional.empty();
        };
        ReleaseGuardService.get()
                .prospects()
                .begin("held by a test", new Prospect(), () -> true, question, (sentence, late) -> {});
        held.await();
    }

    @Override
    public void close() {
        over.countDown();
        if (before == null) {
            System.clearProperty(WAIT);
        } else {
            System.setProperty(WAIT, before);
        }
    }
}
