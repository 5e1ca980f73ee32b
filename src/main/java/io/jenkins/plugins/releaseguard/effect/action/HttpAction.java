// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.effect.action;

import static io.jenkins.plugins.releaseguard.contract.schema.Field.choice;
import static io.jenkins.plugins.releaseguard.contract.schema.Field.list;
import static io.jenkins.plugins.releaseguard.contract.schema.Field.text;

import io.jenkins.plugins.releaseguard.async.Scope;
import io.jenkins.plugins.releaseguard.contract.Settings;
import io.jenkins.plugins.releaseguard.contract.schema.Field;
import io.jenkins.plugins.releaseguard.contract.schema.FieldType;
import io.jenkins.plugins.releaseguard.contract.schema.SpecKind;
import io.jenkins.plugins.releaseguard.effect.EffectException;
import io.jenkins.plugins.releaseguard.http.HttpCall;
import io.jenkins.plugins.releaseguard.http.HttpCalls;
import io.jenkins.plugins.releaseguard.http.HttpResult;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** A call of the controller to any address that is allowed. */
final class HttpAction implements ProcedureAction {
    /** Answers that count as done. */
    static final List<String> DONE = List.of("200", "201", "202", "204");

    static final Duration LIMIT = Duration.ofSeconds(15);

    private static final SpecKind KIND = SpecKind.action("http", "Makes an HTTP call.")
            .main(text("url", "an address on the administrator's allow-list, without credentials"))
            .fields(
                    text("endpoint", "or the id of an endpoint set up in Jenkins, which knows address and credential"),
                    text("path", "added to the endpoint's address"),
                    choice("method", List.of("GET", "POST", "PUT", "PATCH", "DELETE"), "the HTTP method")
                            .standard("POST"),
                    Field.of("headers", FieldType.MAP, "request headers, none of them secret"),
                    text("body", "the request's body"),
                    list("status", "status codes that count as done").standard(String.join(", ", DONE)))
            .oneOf("url", "endpoint")
            .exclusive("url", "endpoint")
            .exclusive("url", "path");

    @Override
    public SpecKind kind() {
        return KIND;
    }

    @Override
    public void perform(ActionCall call) throws EffectException, InterruptedException {
        call(call.context().http(), request(call), call.settings().texts("status"));
    }

    @Override
    public CompletableFuture<Void> performAsync(ActionCall call, Executor blocking) {
        Scope scope = new Scope();
        HttpCall request = request(call);
        return scope.answer(scope.start(() -> call.context().http().callAsync(request, blocking))
                .exceptionallyCompose(error -> CompletableFuture.failedFuture(
                        Scope.cause(error) instanceof IOException e
                                ? new EffectException(e.getMessage(), e)
                                : Scope.cause(error)))
                .thenApply(Scope.checked(result -> {
                    wanted(request, result, call.settings().texts("status"));
                    return null;
                })));
    }

    private static HttpCall request(ActionCall call) {
        Settings settings = call.settings();
        Map<String, String> headers = settings.map("headers");
        headers.putAll(once(call));
        String endpoint = settings.text("endpoint");
        return new HttpCall(
                settings.text("method"),
                endpoint,
                endpoint.isEmpty() ? settings.text("url") : settings.text("path"),
                headers,
                settings.has("body") ? settings.text("body") : null,
                call.limit(LIMIT));
    }

    static Map<String, String> once(ActionCall call) {
        return Map.of("Idempotency-Key", call.idempotencyKey());
    }

    /** @throws EffectException there is no answer, or not one of those that are wanted */
    static HttpResult call(HttpCalls http, HttpCall call, List<String> wanted)
            throws EffectException, InterruptedException {
        try {
            return wanted(call, http.call(call), wanted);
        } catch (IOException e) {
            throw new EffectException(e.getMessage(), e);
        }
    }

    private static HttpResult wanted(HttpCall call, HttpResult result, List<String> wanted) throws EffectException {
        if (!wanted.contains(String.valueOf(result.status()))) {
            throw new EffectException(call + " answered " + result.status() + ", not " + String.join(" or ", wanted));
        }
        return result;
    }
}
