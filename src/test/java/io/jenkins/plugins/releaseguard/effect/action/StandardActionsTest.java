// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.effect.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.releaseguard.catalog.Catalog;
import io.jenkins.plugins.releaseguard.contract.Contract;
import io.jenkins.plugins.releaseguard.contract.ContractException;
import io.jenkins.plugins.releaseguard.contract.read.Variables;
import io.jenkins.plugins.releaseguard.contract.schema.SpecKind;
import io.jenkins.plugins.releaseguard.effect.EffectException;
import io.jenkins.plugins.releaseguard.effect.command.CommandCall;
import io.jenkins.plugins.releaseguard.effect.command.CommandResult;
import io.jenkins.plugins.releaseguard.effect.command.Commands;
import io.jenkins.plugins.releaseguard.effect.router.RouterReading;
import io.jenkins.plugins.releaseguard.effect.router.TrafficRouter;
import io.jenkins.plugins.releaseguard.http.HttpCall;
import io.jenkins.plugins.releaseguard.http.HttpCalls;
import io.jenkins.plugins.releaseguard.http.HttpResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StandardActionsTest {
    private final List<HttpCall> called = new ArrayList<>();
    private final Deque<HttpResult> answers = new ArrayDeque<>();
    private final List<CommandCall> ran = new ArrayList<>();
    private final List<String> done = new ArrayList<>();
    private final Deque<Double> weights = new ArrayDeque<>();
    private CommandResult ended;

    /** What a Jenkins would offer, kept in the lists of this test. */
    private final ActionContext context = new ActionContext() {
        @Override
        public Contract contract() {
            try {
                return Catalog.STANDARD.reader().parse("""
                                apiVersion: release-guard/v1
                                release: {service: checkout, version: '1.2', commit: 4f0c1d9, rollback: {objective: 5s}}
                                """, "release.yaml", Variables.none());
            } catch (ContractException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public String release() {
            return "r-7";
        }

        @Override
        public String environment() {
            return "production";
        }

        @Override
        public HttpCalls http() {
            return call -> {
                called.add(call);
                if (answers.isEmpty()) {
                    throw new IOException("nobody answers");
                }
                return answers.remove();
            };
        }

        @Override
        public Commands commands() throws EffectException {
            if (ended == null) {
                throw new EffectException("no step of this release stands in one");
            }
            return call -> {
                ran.add(call);
                return ended;
            };
        }

        @Override
        public TrafficRouter router(String id) {
            return new TrafficRouter() {
                @Override
                public void shift(double weight) {
                    done.add(id + " to " + weight);
                }

                @Override
                public RouterReading read() {
                    return new RouterReading(
                            weights.size() > 1 ? weights.remove() : weights.element(),
                            Double.NaN,
                            Double.NaN,
                            Double.NaN,
                            null);
                }
            };
        }

        @Override
        public void tell(List<String> channels, String message, String entry) {
            done.add(channels + " " + message + " " + entry);
        }

        @Override
        public void startJob(String key, String name, Map<String, String> parameters, boolean wait) {
            done.add(key + " " + name + " " + parameters + " " + wait);
        }
    };

    private void perform(String yaml) throws EffectException, InterruptedException {
        try {
            StandardActions.actions()
                    .perform("act-1", "DEP-2", Catalog.STANDARD.reader().parseAction(yaml), context);
        } catch (ContractException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static HttpResult answer(int status, String body) {
        return new HttpResult(
                status, "application/json", body.getBytes(StandardCharsets.UTF_8), false, Duration.ofMillis(3));
    }

    private static CommandResult ended(int exit, boolean timedOut, String tail) {
        return new CommandResult(exit, timedOut, tail, false, Duration.ofSeconds(1));
    }

    @Test
    void everyActionOfThePublishedLanguageCanBeDone() throws IOException {
        JsonNode published = new ObjectMapper()
                .readTree(Path.of("docs/release-guard-v1.schema.json").toFile())
                .at("/definitions/action/properties");

        assertThat(StandardActions.actions().kinds())
                .extracting(SpecKind::name)
                .containsExactlyElementsOf(published::fieldNames);
    }

    @Test
    void httpCallsOnceByItsKey() throws EffectException, InterruptedException {
        answers.add(answer(204, ""));
        perform("http: {endpoint: hooks, path: /undo, headers: {X-A: b}, body: '{}', deadline: 7s}");

        HttpCall call = called.get(0);
        assertThat(call.method() + " " + call.endpoint() + call.url()).isEqualTo("POST hooks/undo");
        assertThat(call.headers()).containsOnly(Map.entry("X-A", "b"), Map.entry("Idempotency-Key", "r-7-act-1"));
        assertThat(call.body()).isEqualTo("{}");
        assertThat(call.limit()).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void httpIsHeldToItsStatus() {
        answers.add(answer(500, ""));
        assertThatThrownBy(() -> perform("http: 'https://a.example/'"))
                .isInstanceOf(EffectException.class)
                .hasMessage("POST https://a.example/ answered 500, not 200 or 201 or 202 or 204");
        assertThatThrownBy(() -> perform("http: 'https://a.example/'"))
                .isInstanceOf(EffectException.class)
                .hasMessage("nobody answers");
    }

    @ParameterizedTest(name = "method: {0}")
    @ValueSource(strings = {"GET", "POST", "PUT", "PATCH", "DELETE"})
    void httpCallsByItsMethod(String method) throws EffectException, InterruptedException {
        answers.add(answer(200, ""));
        perform("http: {endpoint: hooks, method: " + method + "}");
        assertThat(called).singleElement().extracting(HttpCall::method).isEqualTo(method);
    }

    @Test
    void anotherStatusCountsAsDoneWhereTheContractSaysSo() throws EffectException, InterruptedException {
        answers.add(answer(409, ""));
        perform("http: {endpoint: hooks, status: [409]}");
        answers.add(answer(200, ""));
        assertThatThrownBy(() -> perform("http: {endpoint: hooks, status: [409]}"))
                .hasMessageContaining("answered 200, not 409");
    }

    @ParameterizedTest(name = "state: {0}")
    @ValueSource(strings = {"on", "off"})
    void flagBecomesWhatTheContractSays(String state) throws EffectException, InterruptedException {
        answers.add(answer(200, "{\"state\": \"" + state + "\"}"));
        perform("flag: {id: a, provider: flags, state: " + state + "}");
        assertThat(called.get(0).body()).contains("\"state\":\"" + state + "\"");
    }

    @Test
    void commandRunsWhereTheContractSays() throws EffectException, InterruptedException {
        ended = ended(0, false, "");
        perform("command: {run: ./undo, directory: ops}");
        assertThat(ran.get(0).directory()).isEqualTo("ops");
    }

    @Test
    void flagIsTurnedAndAskedFor() throws EffectException, InterruptedException {
        answers.add(answer(200, "ok"));
        answers.add(answer(200, "{\"enabled\": false}"));
        perform("flag: {id: saved cards, provider: flags}");

        assertThat(called)
                .extracting(HttpCall::toString)
                .containsExactly("PUT flags:saved%20cards", "GET flags:saved%20cards");
        assertThat(called.get(0).body()).isEqualTo("{\"id\":\"saved cards\",\"state\":\"off\",\"enabled\":false}");
    }

    @Test
    void flagThatStaysOnIsNotDone() {
        answers.add(answer(200, "{\"state\": \"on\"}"));
        assertThatThrownBy(() -> perform("flag: {id: a, provider: flags}"))
                .isInstanceOf(EffectException.class)
                .hasMessageContaining("flag 'a' is still on");
    }

    @Test
    void flagWithoutProviderIsTurnedByHand() {
        assertThatThrownBy(() -> perform("flag: a"))
                .isInstanceOf(EffectException.class)
                .hasMessageContaining("turn it by hand now");
        assertThat(called).isEmpty();
    }

    @Test
    void commandKnowsTheRelease() throws EffectException, InterruptedException {
        ended = ended(0, false, "");
        perform("command: {run: ./undo, directory: ops, env: {A: b, RELEASE_SERVICE: forged}}");

        CommandCall call = ran.get(0);
        assertThat(call.arguments()).contains("./undo");
        assertThat(call.environment())
                .containsEntry("A", "b")
                .containsEntry("RELEASE_SERVICE", "checkout")
                .containsEntry("RELEASE_ENVIRONMENT", "production")
                .containsEntry("RELEASE_ACTION", "r-7-act-1");
        assertThat(call.limit()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void commandThatFailsIsToldWithItsLastLine() {
        ended = ended(3, false, "one\ntwo\n");
        assertThatThrownBy(() -> perform("command: ./undo"))
                .isInstanceOf(EffectException.class)
                .hasMessage("the command './undo' ended with 3 (two): do by hand now what it should have done");
        ended = ended(-1, true, "");
        assertThatThrownBy(() -> perform("command: ./undo"))
                .isInstanceOf(EffectException.class)
                .hasMessageContaining("did not end within 5 s");
    }

    @Test
    void commandNeedsAnAgent() {
        assertThatThrownBy(() -> perform("command: ./undo"))
                .isInstanceOf(EffectException.class)
                .hasMessageContaining("needs an agent, and no step of this release stands in one: run it by hand now");
    }

    @Test
    void trafficIsTakenOffUntilItIsReadBack() throws EffectException, InterruptedException {
        weights.addAll(List.of(12.0, 0.0));
        perform("traffic: {weight: 0, router: edge}");

        assertThat(done).containsExactly("edge to 0.0", "edge to 0.0");
    }

    @Test
    void trafficThatStaysIsNotDone() {
        weights.add(12.0);
        assertThatThrownBy(() -> perform("traffic: {weight: 0, router: edge, deadline: 1s}"))
                .isInstanceOf(EffectException.class)
                .hasMessageContaining("still gives the new version traffic: it reads 12.0 %");
    }

    @Test
    void noRollbackGivesTraffic() {
        assertThatThrownBy(() -> perform("traffic: {weight: 5, router: edge}"))
                .isInstanceOf(EffectException.class)
                .hasMessageContaining("nothing was shifted");
        assertThat(done).isEmpty();
    }

    @Test
    void jobsAndMessagesAreHandedOn() throws EffectException, InterruptedException {
        perform("job: undo");
        perform("job: {job: undo, parameters: {A: b}, wait: no}");
        perform("notify: {to: [oncall, lead], message: Look.}");

        assertThat(done).containsExactly("act-1 undo {} true", "act-1 undo {A=b} false", "[oncall, lead] Look. DEP-2");
    }
}
