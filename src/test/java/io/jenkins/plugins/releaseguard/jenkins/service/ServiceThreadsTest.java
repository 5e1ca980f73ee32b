// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.service;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.ExtensionList;
import io.jenkins.plugins.releaseguard.evidence.Evidence;
import io.jenkins.plugins.releaseguard.jenkins.testing.Waits;
import io.jenkins.plugins.releaseguard.lane.Work;
import io.jenkins.plugins.releaseguard.rollout.runner.Lanes;
import io.jenkins.plugins.releaseguard.testing.OurThreads;
import java.time.Duration;
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

    /** Sixteen of ours, and the one of Java's HTTP client. */
    private static final int USUAL = 17;

    /** Twenty-five can hang there; four of them have nobody beside them yet, since nobody waits for their places. */
    private static final int MOST_OF_THEM = 21;

    private final OurThreads ours = new OurThreads();

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
        assertRuns(task -> ReleaseGuardService.get().promptly("another", task));
    }

    /** C3 too. */
    @Test
    void disksThatHangKeepNoBuildFromBeingStopped(JenkinsRule jenkins) throws Exception {
        ReleaseGuardService service = ReleaseGuardService.get();
        for (int i = 0; i < MANY; i++) {
            service.pools().file("hanging-" + i, this::hang);
        }
        assertRuns(task -> service.promptly("another", task));
        assertRuns(task -> service.submit("another", task));
    }

    @Test
    void gatesAtWorkKeepNoRecordFromBeingTakenUp(JenkinsRule jenkins) throws Exception {
        ReleaseGuardService service = ReleaseGuardService.get();
        for (int i = 0; i < MANY; i++) {
            service.submit("hanging-" + i, this::hang);
        }
        assertRuns(task -> service.pools()
                .askRouter("another", "router", Work.blocking(() -> null), (nothing, error, times) -> task.run()));
    }

    @Test
    void aUserDirectoryThatHangsKeepsNobodyFromAnything(JenkinsRule jenkins) throws Exception {
        ReleaseGuardService service = ReleaseGuardService.get();
        for (int i = 0; i < MANY; i++) {
            service.pools().askDirectory(this::hang);
        }
        assertRuns(task -> service.promptly("another", task));
        assertRuns(task -> service.submit("another", task));
        assertRuns(task -> service.pools().call("another", task));
    }

    /** M11: a check that hears no interrupt has its thread until it ends, and gates of others have theirs. */
    @Test
    void checksThatHangForEverKeepNoOtherGateWaiting(JenkinsRule jenkins) throws Exception {
        ServiceThreads pools = ReleaseGuardService.get().pools();
        for (int i = 0; i < MANY; i++) {
            pools.checks("hanging").look(Duration.ofMillis(100), this::hangDeaf, (evidence, error) -> {});
        }
        assertRuns(task -> pools.checks("another")
                .look(
                        Duration.ofMinutes(1),
                        () -> {
                            task.run();
                            return null;
                        },
                        (evidence, error) -> {}));
        assertThat(new ServiceReleases().hanging()).hasSize(1);
    }

    /** C1: calls of each sort that never end have their own number of threads, however many they are, and builds can be stopped. */
    @Test
    void whateverHangsThereAreNoMoreThreadsThanIsSaid(JenkinsRule jenkins) throws Exception {
        ReleaseGuardService service = ReleaseGuardService.get();
        ServiceThreads pools = service.pools();
        for (int i = 0; i < MANY; i++) {
            String release = "hanging-" + i;
            pools.work(release, this::hang);
            pools.file(release, this::hang);
            pools.call(release, this::hang);
            pools.steps(release).execute(this::hang);
            pools.askDirectory(this::hang);
            pools.askRouter(release, release, Work.blocking(this::hangDeaf), (nothing, error, times) -> {});
            pools.checks(release).look(Duration.ofMinutes(2), this::hangDeaf, (evidence, error) -> {});
        }
        Lanes lanes = service.threads().lanes();
        Waits.until("all that can hang but for some of the usual", () -> lanes.hanging() >= MOST_OF_THEM);
        ours.count();
        assertRuns(task -> service.promptly("another", task));
        System.out.println(
                "threads where all hangs: " + ours.most() + ", " + lanes.hanging() + " of " + lanes.mayHang());
        assertThat(ours.most()).as("%s", ours).isBetween(MOST_OF_THEM, USUAL + lanes.hanging());
        assertThat(lanes.hanging()).isLessThan(lanes.mayHang());
    }

    private Evidence hangDeaf() {
        while (over.getCount() > 0) {
            hang();
            Thread.interrupted();
        }
        return null;
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
