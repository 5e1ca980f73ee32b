// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.service;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.ExtensionList;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** C1: whoever hangs outside of Jenkins keeps no release of ours from anything else. */
@WithJenkins
class ServiceThreadsTest {
    private static final int MANY = 20;

    private final CountDownLatch over = new CountDownLatch(1);

    @AfterEach
    void end() {
        over.countDown();
    }

    @Test
    void channelsThatHangKeepNoBuildFromBeingStopped(JenkinsRule jenkins) throws Exception {
        CountDownLatch hung = new CountDownLatch(1);
        Map<String, Unattended.Call> calls = new TreeMap<>();
        for (int i = 0; i < MANY; i++) {
            calls.put("release-" + i, () -> {
                hung.countDown();
                over.await();
                return true;
            });
        }
        ExtensionList.lookupSingleton(Unattended.class).call(calls, ReleaseGuardService.get());
        assertThat(hung.await(1, TimeUnit.MINUTES)).isTrue();
        assertRuns(ReleaseGuardService.get()::promptly);
    }

    /** C3 too. */
    @Test
    void disksThatHangKeepNoBuildFromBeingStopped(JenkinsRule jenkins) throws Exception {
        ReleaseGuardService service = ReleaseGuardService.get();
        for (int i = 0; i < MANY; i++) {
            service.pools().file(this::hang);
        }
        assertRuns(service::promptly);
        assertRuns(service::submit);
    }

    @Test
    void gatesAtWorkKeepNoRecordFromBeingTakenUp(JenkinsRule jenkins) throws Exception {
        ReleaseGuardService service = ReleaseGuardService.get();
        for (int i = 0; i < MANY; i++) {
            service.submit(this::hang);
        }
        assertRuns(service.pools()::resume);
    }

    @Test
    void aUserDirectoryThatHangsKeepsNobodyFromAnything(JenkinsRule jenkins) throws Exception {
        ReleaseGuardService service = ReleaseGuardService.get();
        for (int i = 0; i < MANY; i++) {
            service.pools().askDirectory(this::hang);
        }
        assertRuns(service::promptly);
        assertRuns(service::submit);
        assertRuns(service.pools()::call);
    }

    private void hang() {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void assertRuns(Consumer<Runnable> threads) throws InterruptedException {
        CountDownLatch ran = new CountDownLatch(1);
        threads.accept(ran::countDown);
        assertThat(ran.await(1, TimeUnit.MINUTES)).isTrue();
    }
}
