// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rehearse.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorldTest {
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final VirtualClock clock = new VirtualClock(Instant.now(), 1000);
    private World world;

    @AfterEach
    void stop() throws IOException {
        if (world != null) {
            world.close();
        }
    }

    @Test
    void startsWithEverythingOnTheBaseline() throws Exception {
        start(Scenario.HEALTHY);
        until(500);
        assertThat(world.served(Track.CANARY)).isZero();
        assertThat(world.served(Track.BASELINE)).isGreaterThanOrEqualTo(500);
        assertThat(world.cut()).isZero();
    }

    @Test
    void sharesAsTheWeightsSay() throws Exception {
        start(Scenario.HEALTHY);
        shift(64, 192);
        Backend canary = world.proxy().backend(Track.CANARY);
        Backend baseline = world.proxy().backend(Track.BASELINE);
        // what came before the shift went by other weights
        double toCanary = -canary.total();
        double toBaseline = -baseline.total();
        until(world.answered() + 1000);
        toCanary += canary.total();
        toBaseline += baseline.total();
        double share = toCanary / (toCanary + toBaseline);
        assertThat(share).isBetween(0.22, 0.26);
        assertThat(world.proxy().canaryShare()).isEqualTo(25);
    }

    @Test
    void noRequestReachesTheCanaryAfterItsWeightIsZero() throws Exception {
        start(Scenario.HEALTHY);
        shift(128, 128);
        until(500);
        shift(0, 256);
        Backend canary = world.proxy().backend(Track.CANARY);
        await("the canary's last requests").atMost(LIMIT).until(() -> canary.current() == 0);
        long before = world.served(Track.CANARY);
        until(world.answered() + 500);
        assertThat(before).isPositive();
        assertThat(world.served(Track.CANARY)).isEqualTo(before);
    }

    @Test
    void breachBeginsAtAQuarterOfTheTrafficAndOnlyOnTheCanary() throws Exception {
        start(Scenario.BREACH);
        shift(50, 206);
        until(2000);
        assertThat(errors(Track.CANARY)).isLessThan(0.05);
        shift(64, 192);
        Map<Integer, Long> before = world.proxy().backend(Track.CANARY).counts().byCode();
        until(world.answered() + 2000);
        Map<Integer, Long> after = world.proxy().backend(Track.CANARY).counts().byCode();
        double failed = after.get(500) - before.get(500);
        double fine = after.get(200) - before.get(200);
        assertThat(failed / (failed + fine)).isBetween(0.2, 0.4);
        assertThat(errors(Track.BASELINE)).isLessThan(0.05);
    }

    @Test
    void shutSessionsAreLostToTheirUsers() throws Exception {
        start(Scenario.HEALTHY);
        shift(256, 0);
        until(200);
        Backend canary = world.proxy().backend(Track.CANARY);
        shift(0, 256);
        canary.shutdownSessions();
        until(world.answered() + 200);
        assertThat(canary.current()).isZero();
        assertThat(world.cut()).isPositive();
    }

    @Test
    void nobodyServesWhenNobodyHasAWeight() throws Exception {
        world = new World(Scenario.HEALTHY, clock, Duration.ofMinutes(15), 0);
        shift(0, 0);
        URI uri = URI.create("http://127.0.0.1:" + world.proxy().port() + "/");
        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(503);
    }

    @Test
    void theSourceGoesSilentSomeTimeAfterTheCanaryTookLoad() throws Exception {
        world = new World(Scenario.SOURCE_DOWN, clock, Duration.ofMinutes(1), 0);
        assertThat(world.faults().metricsSilent()).isFalse();
        shift(26, 230);
        assertThat(world.faults().metricsSilent()).isFalse();
        await("a source that is silent")
                .atMost(LIMIT)
                .until(() -> world.faults().metricsSilent());
        world.faults().choose(Scenario.HEALTHY);
        assertThat(world.faults().metricsSilent()).isFalse();
    }

    @Test
    void slowCreepsUpWithTheShare() {
        double[] share = {1};
        Instant[] now = {Instant.EPOCH};
        FaultInjector faults = new FaultInjector(Scenario.SLOW, () -> share[0], () -> now[0], Duration.ofMinutes(15));
        double before = seconds(faults, Track.CANARY);
        now[0] = now[0].plus(Duration.ofMinutes(15));
        double atOne = seconds(faults, Track.CANARY);
        share[0] = 50;
        now[0] = now[0].plus(Duration.ofMinutes(3));
        double soon = seconds(faults, Track.CANARY);
        now[0] = now[0].plus(Duration.ofMinutes(30));
        double later = seconds(faults, Track.CANARY);
        assertThat(atOne).isBetween(before, 2 * before);
        assertThat(soon).isGreaterThan(1.5 * before).isLessThan(later);
        assertThat(later).isGreaterThan(4 * before);
        assertThat(seconds(faults, Track.BASELINE)).isLessThan(2 * before);
    }

    private static double seconds(FaultInjector faults, Track track) {
        double sum = 0;
        for (int i = 0; i < 4000; i++) {
            sum += faults.answer(track).nanos() / 1e9;
        }
        return sum / 4000;
    }

    private double errors(Track track) {
        Map<Integer, Long> counts = world.proxy().backend(track).counts().byCode();
        return (double) counts.get(500) / Math.max(1, counts.get(500) + counts.get(200));
    }

    private void start(Scenario scenario) throws IOException {
        world = new World(scenario, clock, Duration.ofMinutes(15), 0);
        world.load(2000);
    }

    private void shift(int canary, int baseline) {
        world.proxy().backend(Track.CANARY).weight(canary);
        world.proxy().backend(Track.BASELINE).weight(baseline);
    }

    private void until(long answered) {
        await(answered + " answers")
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> world.answered() >= answered);
    }
}
