// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.metric.prometheus;

import static io.jenkins.plugins.releaseguard.testing.FakePrometheus.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.contract.Metric.Kind;
import io.jenkins.plugins.releaseguard.contract.Metric.Query;
import io.jenkins.plugins.releaseguard.http.SharedClient;
import io.jenkins.plugins.releaseguard.journal.Event.Sample;
import io.jenkins.plugins.releaseguard.metric.SourceException;
import io.jenkins.plugins.releaseguard.testing.FakePrometheus;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** M1: a look's questions in one, and a source that doesn't take them so: no number is another, and no look is lost. */
class PrometheusBatchTest {
    private static final Metric RATE = FakePrometheus.rate(
            "sum(increase(req_total{code=~\"5..\",track=\"$track\"}[$window]))",
            "sum(increase(req_total{track=\"$track\"}[$window]))");
    private static final Metric GAUGE =
            FakePrometheus.metric(Kind.GAUGE, "", new Query("", "", "", "heap{track=\"$track\"}", Double.NaN));
    private static final Metric LATENCY =
            FakePrometheus.metric(Kind.LATENCY, "s", new Query("", "", "took_bucket{track=\"$track\"}", "", 1));
    private static final List<Metric> METRICS = List.of(RATE, GAUGE, LATENCY);

    /** Errors, total, histogram and level of both variants. */
    private static final int PARTS = 8;

    private static final String EMPTY = "{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":[]}}";

    private final AtomicLong nanos = new AtomicLong();
    private FakePrometheus prometheus;
    private PrometheusSource source;

    @BeforeEach
    void start() throws Exception {
        prometheus = new FakePrometheus();
        for (int second = 0; second <= 60; second += 4) {
            for (String track : List.of("canary", "baseline")) {
                double n = track.equals("canary") ? second : 3 * second;
                prometheus.store(second, 7 * n, "req_total", "track", track, "code", "200");
                prometheus.store(second, n, "req_total", "track", track, "code", "500");
                prometheus.store(second, 100 + n, "heap", "track", track);
                prometheus.store(second, 5 * n, "took_bucket", "track", track, "le", "1");
                prometheus.store(second, 8 * n, "took_bucket", "track", track, "le", "+Inf");
            }
        }
        source = source(Duration.ofSeconds(5));
    }

    @AfterEach
    void stop() {
        prometheus.close();
    }

    private PrometheusSource source(Duration timeout) {
        return new PrometheusSource(prometheus.settings().withTimeout(timeout), SharedClient.get(), nanos::get);
    }

    /** Reads the look of four seconds that ends then, which is as it is without batches; returns what it asked. */
    private int asked(int second) throws Exception {
        int before = prometheus.server.getRequestCount();
        List<Sample> samples = source.read(METRICS, at(second - 4), at(second));
        assertThat(samples).extracting(Sample::missing).containsOnlyNulls();
        Sample rate = samples.get(0);
        assertThat(List.of(rate.canaryErrors(), rate.canaryTotal(), rate.baselineErrors(), rate.baselineTotal()))
                .containsExactly(4.0, 32.0, 12.0, 96.0);
        assertThat(samples.get(1).canaryValues()).containsExactly(100.0 + second);
        assertThat(samples.get(1).baselineValues()).containsExactly(100.0 + 3 * second);
        assertThat(samples.get(2).canaryErrors()).isEqualTo(12);
        assertThat(samples.get(2).canaryTotal()).isEqualTo(32);
        return prometheus.server.getRequestCount() - before;
    }

    private static boolean isBatch(String query) {
        return query.contains("|") && query.contains("=~") || query.contains("label_replace");
    }

    /** What is said to a query; null for the answer that it would have had. */
    private void says(Function<String, MockResponse> said) {
        Dispatcher answers = prometheus.server.getDispatcher();
        prometheus.server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
                String form = URLDecoder.decode(request.getBody().utf8(), StandardCharsets.UTF_8);
                MockResponse own = said.apply(form);
                return own == null ? answers.dispatch(request) : own;
            }
        });
    }

    private static MockResponse says(int code, String body) {
        return new MockResponse.Builder().code(code).body(body).build();
    }

    @Test
    void aLookIsOneQuestion() throws Exception {
        assertThat(asked(4)).as("the first look asks for its beginning too").isEqualTo(2);
        assertThat(asked(8)).isEqualTo(1);
        assertThat(asked(12)).isEqualTo(1);
    }

    @Test
    void whatIsRefusedIsAskedInPartsAtOnceAndNotAgainForAWhile() throws Exception {
        says(query -> isBatch(query) ? says(422, "{\"status\":\"error\",\"error\":\"too many samples\"}") : null);
        assertThat(asked(4)).isEqualTo(2 + 2 * PARTS);
        // names apart is tried next: errors are in the total
        assertThat(asked(8)).isEqualTo(3 + PARTS);
        assertThat(asked(12)).isEqualTo(PARTS);
        assertThat(asked(16)).isEqualTo(PARTS);
        nanos.addAndGet(Duration.ofMinutes(11).toNanos());
        assertThat(asked(20)).isEqualTo(1 + PARTS);
    }

    @Test
    void aSourceThatTakesOneNameAQueryIsAskedForBothTracks() throws Exception {
        says(query -> query.contains("__name__") ? says(400, "") : null);
        asked(4);
        assertThat(asked(8)).isEqualTo(3);
    }

    /** One that takes it for an attack, such as ModSecurity's rules against SQL. */
    @Test
    void aFirewallThatForbidsBatchesOnlyCostsNoLook() throws Exception {
        says(query -> isBatch(query) ? says(403, "blocked") : null);
        asked(4);
        asked(8);
        assertThat(asked(12)).isEqualTo(PARTS);
    }

    @Test
    void aBatchOfTracksWithNamesOfItsOwnRestsTooWhereItIsRefused() throws Exception {
        Metric gauge = FakePrometheus.metric(
                Kind.GAUGE, "", new Query("", "", "", "{__name__=~\"heap|heaps\",track=\"$track\"}", Double.NaN));
        AtomicInteger batches = new AtomicInteger();
        says(query -> {
            if (query.contains("track=~")) {
                batches.incrementAndGet();
                return says(422, "{\"status\":\"error\",\"error\":\"too many samples\"}");
            }
            return null;
        });
        source.read(List.of(gauge), at(0), at(4));
        batches.set(0);
        source.read(List.of(gauge), at(4), at(8));
        source.read(List.of(gauge), at(8), at(12));
        assertThat(batches).hasValue(0);
    }

    /** Batches of targets that come and go are others in each look. */
    @Test
    void whatHasRestedMakesRoomForOthers() {
        BatchTrust trust = new BatchTrust(nanos::get);
        for (int i = 0; i < 300; i++) {
            trust.blame(upOf(i));
        }
        nanos.addAndGet(Duration.ofMinutes(11).toNanos());
        trust.blame(upOf(300));
        assertThat(trust.isResting(upOf(300))).isTrue();
    }

    private static Batch upOf(int target) {
        return Batches.of(
                        List.of(
                                new Answers.Question("up{instance=\"a\",job=\"" + target + "\"}", Duration.ZERO, at(1)),
                                new Answers.Question(
                                        "up{instance=\"b\",job=\"" + target + "\"}", Duration.ZERO, at(1))),
                        new BatchTrust(() -> 0))
                .get(0);
    }

    private static MockResponse silence() {
        return new MockResponse.Builder()
                .onResponseStart(SocketEffect.Stall.INSTANCE)
                .build();
    }

    @Test
    void aBatchThatIsNotAnsweredFailsTheLookAsAnyQuestionAndTheNextAsksItsParts() throws Exception {
        source = source(Duration.ofSeconds(5));
        says(query -> isBatch(query) ? silence() : null);
        assertThatThrownBy(() -> source.read(METRICS, at(0), at(4))).hasMessageContaining("did not answer within 5 s");
        assertThat(asked(4)).isEqualTo(2 * PARTS);
        assertThat(asked(8)).isEqualTo(PARTS);
        nanos.addAndGet(Duration.ofMinutes(61).toNanos());
        assertThatThrownBy(() -> source.read(METRICS, at(8), at(12))).hasMessageContaining("did not answer within 5 s");
    }

    /** A source that is gone and comes back is not asked more than it was before. */
    @Test
    void aSourceThatAnswersNoQuestionIsAskedBatchesWhenItIsBack() throws Exception {
        source = source(Duration.ofSeconds(4));
        AtomicBoolean gone = new AtomicBoolean(true);
        says(query -> gone.get() ? silence() : null);
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> source.read(METRICS, at(0), at(4)))
                    .hasMessageContaining("did not answer within 4 s");
        }
        gone.set(false);
        source.read(METRICS, at(0), at(4));
        AtomicInteger batches = new AtomicInteger();
        AtomicInteger others = new AtomicInteger();
        says(query -> {
            (isBatch(query) ? batches : others).incrementAndGet();
            return null;
        });
        asked(8);
        assertThat(List.of(batches.get(), others.get())).containsExactly(1, 0);
    }

    /** Expressions are evaluated one after the other as one, side by side alone. */
    @Test
    void expressionsThatTakeLongAsOneAreAskedAloneInTheSameLook() throws Exception {
        source = source(Duration.ofSeconds(8));
        Metric other =
                FakePrometheus.metric(Kind.GAUGE, "", new Query("", "", "", "max(heap{track=\"$track\"})", Double.NaN));
        for (String track : List.of("canary", "baseline")) {
            prometheus.fixed.put(
                    "max(heap{track=\"" + track + "\"})",
                    EMPTY.replace("[]", "[{\"metric\":{},\"values\":[[1,\"7\"]]}]"));
        }
        says(query -> isBatch(query) ? silence() : null);
        assertThat(source.read(List.of(other), at(0), at(4)).get(0).canaryValues())
                .containsExactly(7.0);
        int before = prometheus.server.getRequestCount();
        source.read(List.of(other), at(4), at(8));
        assertThat(prometheus.server.getRequestCount() - before).isEqualTo(2);
    }

    /** A look that is given up before the parts are answered hasn't learned that they would be; so would be all after it. */
    @Test
    void aLookThatIsGivenUpWhileItAsksPartsIsNotFollowedByOthersLikeIt() throws Exception {
        AtomicInteger parts = new AtomicInteger();
        AtomicBoolean slow = new AtomicBoolean(true);
        says(query -> {
            if (isBatch(query)) {
                return says(422, "{\"status\":\"error\",\"error\":\"too many samples\"}");
            }
            parts.incrementAndGet();
            return slow.get() ? silence() : null;
        });
        var look = source.readAsync(METRICS, at(0), at(4), Runnable::run);
        await().until(() -> parts.get() == 2 * PARTS);
        look.cancel(true);
        slow.set(false);
        // names apart, and then each for itself
        assertThat(asked(4)).isEqualTo(2 * (3 + PARTS));
        assertThat(asked(8)).isEqualTo(PARTS);
    }

    @Test
    void aLookThatIsGivenUpWhileItConfirmsASilenceIsNotFollowedByOthersLikeIt() throws Exception {
        Metric other = FakePrometheus.rate("fails_total{track=\"$track\"} or vector(0)", "req_total{track=\"$track\"}");
        AtomicBoolean slow = new AtomicBoolean(true);
        AtomicInteger confirmed = new AtomicInteger();
        AtomicInteger batches = new AtomicInteger();
        says(query -> {
            if (isBatch(query)) {
                batches.incrementAndGet();
                return null;
            }
            confirmed.incrementAndGet();
            return slow.get() ? silence() : null;
        });
        var look = source.readAsync(List.of(other), at(0), at(4), Runnable::run);
        await().until(() -> confirmed.get() == 4);
        look.cancel(true);
        slow.set(false);
        batches.set(0);
        source.read(List.of(other), at(0), at(4));
        // of each time: names apart for both tracks, where the silent name's is confirmed
        assertThat(batches).hasValue(4);
        assertThat(source.read(List.of(other), at(4), at(8)))
                .extracting(Sample::missing)
                .containsOnlyNulls();
    }

    /** A look has 15 s: a batch that takes all of them would be given up with it, in each look again. */
    @Test
    void aBatchIsWaitedForForLessThanALookHas() {
        Batch batch = Batches.of(
                        List.of(
                                new Answers.Question("a{t=\"1\"}", Duration.ofSeconds(1), at(1)),
                                new Answers.Question("a{t=\"2\"}", Duration.ofSeconds(1), at(1))),
                        new BatchTrust(nanos::get))
                .get(0);
        assertThat(batch.patience(Duration.ofSeconds(15))).isEqualTo(Duration.ofSeconds(10));
        assertThat(batch.patience(Duration.ofSeconds(5))).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void aSourceThatAnswersNothingToWhatItDoesNotKnowIsNotBelieved() throws Exception {
        says(query -> isBatch(query) ? says(200, EMPTY) : null);
        asked(4);
        asked(8);
        assertThat(asked(12)).isEqualTo(PARTS);
    }

    @Test
    void aSourceThatLeavesALabelOutIsNotBelieved() throws Exception {
        says(query -> isBatch(query)
                ? says(
                        200,
                        EMPTY.replace(
                                "[]", "[{\"metric\":{\"__name__\":\"req_total\"},\"values\":[[1767225601,\"1\"]]}]"))
                : null);
        asked(4);
        asked(8);
        assertThat(asked(12)).isEqualTo(PARTS);
    }

    @Test
    void aPartThatIsSilentIsAskedAloneOnceOnly() throws Exception {
        Metric other = FakePrometheus.rate("fails_total{track=\"$track\"} or vector(0)", "req_total{track=\"$track\"}");
        assertThat(source.read(List.of(other), at(0), at(4)))
                .extracting(Sample::missing)
                .containsOnlyNulls();
        int first = prometheus.server.getRequestCount();
        source.read(List.of(other), at(4), at(8));
        // the second batch proves the first where its answer comes sooner
        assertThat(first).isIn(2 + 2, 2 + 4);
        assertThat(prometheus.server.getRequestCount() - first).isEqualTo(1);
    }

    @Test
    void theQueryThatFailsIsNamedNotTheBatch() {
        says(query -> isBatch(query) || query.contains("heap")
                ? says(422, "{\"status\":\"error\",\"error\":\"boom\"}")
                : null);
        assertThatThrownBy(() -> source.read(METRICS, at(0), at(4)))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("for the query heap{track=")
                .hasMessageContaining("boom");
    }

    @Test
    void aFailureOfThePartsTooIsNotTheBatches() throws Exception {
        AtomicBoolean starting = new AtomicBoolean(true);
        AtomicInteger batches = new AtomicInteger();
        says(query -> {
            batches.addAndGet(isBatch(query) ? 1 : 0);
            return starting.get() ? says(503, "starting") : null;
        });
        assertThatThrownBy(() -> source.read(METRICS, at(0), at(4))).hasMessageContaining("HTTP 503");
        starting.set(false);
        asked(4);
        batches.set(0);
        asked(8);
        assertThat(batches).hasValue(1);
    }

    @Test
    void whoHasBeenAskedTooOftenOrKnowsUsNotIsNotAskedEightTimesMore() {
        says(query -> says(429, "slow down"));
        assertThatThrownBy(() -> source.read(METRICS, at(0), at(4))).hasMessageContaining("HTTP 429");
        assertThat(prometheus.server.getRequestCount()).isLessThanOrEqualTo(2);
        says(query -> says(401, "who?"));
        assertThatThrownBy(() -> source.read(METRICS, at(0), at(4))).hasMessageContaining("credentials");
        assertThat(prometheus.server.getRequestCount()).isLessThanOrEqualTo(4);
    }

    @Test
    void anAnswerThatIsTooLargeOrPartialAsOneIsAskedInParts() throws Exception {
        says(query -> isBatch(query) ? says(200, " ".repeat(1024 * 1024 + 1)) : null);
        asked(4);
        asked(8);
        assertThat(asked(12)).isEqualTo(PARTS);
        nanos.addAndGet(Duration.ofMinutes(11).toNanos());
        says(query -> isBatch(query)
                ? says(200, EMPTY.replace("success\",", "success\",\"warnings\":[\"partial\"],"))
                : null);
        asked(16);
        asked(20);
        assertThat(asked(24)).isEqualTo(PARTS);
    }

    @Test
    void whatVictoriaMetricsCallsPartialIsNotBelieved() {
        says(query -> says(200, EMPTY.replace("success\",", "success\",\"isPartial\":true,")));
        assertThatThrownBy(() -> source.read(METRICS, at(0), at(4))).hasMessageContaining("it is partial");
    }
}
