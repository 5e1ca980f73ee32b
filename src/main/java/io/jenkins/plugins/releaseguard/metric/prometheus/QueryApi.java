// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.metric.prometheus;

import io.jenkins.plugins.releaseguard.async.Scope;
import io.jenkins.plugins.releaseguard.http.Authorization;
import io.jenkins.plugins.releaseguard.http.BoundedCall;
import io.jenkins.plugins.releaseguard.http.Reply;
import io.jenkins.plugins.releaseguard.metric.SourceException;
import io.jenkins.plugins.releaseguard.secret.Mask;
import io.jenkins.plugins.releaseguard.text.Lines;
import io.jenkins.plugins.releaseguard.text.Quantity;
import io.jenkins.plugins.releaseguard.text.Span;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import okhttp3.FormBody;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;

/** Instant queries, each bounded in time and size. What goes wrong is said with the host, what happened and what to do. */
final class QueryApi {
    private static final int SHOWN = 200;
    private static final String NOTHING_CAME = "received no bytes";
    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(2);
    /** How far an answer may lie after the time that was asked for: some round it. */
    private static final Duration ROUNDING = Duration.ofSeconds(1);

    private final BoundedCall call;
    private final PrometheusSettings settings;
    private final HttpUrl endpoint;

    QueryApi(OkHttpClient base, PrometheusSettings settings) {
        this.settings = settings;
        this.call = new BoundedCall(
                base.newBuilder().connectTimeout(LONGEST_CONNECT).build(), settings.bodyLimit());
        this.endpoint = HttpUrl.get(settings.url().toString())
                .newBuilder()
                .addPathSegments("api/v1/query")
                .build();
    }

    /** The cause of a failure that any other question would have met with now. */
    private static final class Whatever extends Exception {
        private static final long serialVersionUID = 1L;

        Whatever() {
            super("whatever is asked", null, false, false);
        }
    }

    /** Whether nobody answers there, or not us: no other question would do better. */
    static boolean isWhateverIsAsked(Throwable failure) {
        Throwable cause = failure instanceof SourceException ? failure.getCause() : null;
        return cause instanceof Whatever || cause instanceof IOException && !(cause instanceof SocketTimeoutException);
    }

    /** Whether there was no answer in time. */
    static boolean isLate(Throwable failure) {
        Throwable cause = failure instanceof SourceException ? failure.getCause() : null;
        return cause instanceof TimeoutException || cause instanceof SocketTimeoutException;
    }

    /**
     * The series of an expression at a time; fails with a {@link SourceException}. Cancelled, the call is given up.
     *
     * @param limit for the answer to its last byte
     */
    CompletableFuture<List<Series>> query(String expression, Instant at, Duration limit) {
        Request.Builder request = new Request.Builder()
                .url(endpoint)
                .post(new FormBody.Builder()
                        .add("query", expression)
                        .add("time", BigDecimal.valueOf(at.toEpochMilli(), 3).toPlainString())
                        .build());
        Mask secret;
        try {
            secret = authorize(request);
        } catch (SourceException e) {
            return CompletableFuture.failedFuture(e);
        }
        Scope scope = new Scope();
        return scope.answer(scope.add(call.start(request.build(), limit))
                // a kept connection that was closed just now; a question may be asked twice
                .exceptionallyCompose(
                        error -> String.valueOf(Scope.cause(error).getMessage()).contains(NOTHING_CAME)
                                ? scope.start(() -> call.start(request.build(), limit))
                                : CompletableFuture.failedFuture(error))
                .exceptionallyCompose(error -> CompletableFuture.failedFuture(unanswered(Scope.cause(error), limit)))
                .thenApply(Scope.checked(reply -> read(reply, expression, at, secret))));
    }

    private Throwable unanswered(Throwable error, Duration limit) {
        if (error instanceof TimeoutException || error instanceof SocketTimeoutException) {
            return new SourceException(
                    who() + " did not answer within " + Span.text(limit)
                            + ": is it alive and not overloaded? A recording rule answers an expensive query sooner;"
                            + " Jenkins' set-up of a source can allow more time",
                    error);
        }
        return error instanceof IOException e ? new SourceException(unreachable(e), e) : error;
    }

    /** What hides the secret that the request now carries. */
    private Mask authorize(Request.Builder request) throws SourceException {
        try {
            String header = settings.authorization().header();
            if (header == null) {
                return Mask.NONE;
            }
            request.header("Authorization", header);
            return Mask.of(Authorization.secrets(header));
        } catch (RuntimeException e) {
            // neither cause nor message: OkHttp's quotes the value
            throw new SourceException(
                    "The credentials for " + who()
                            + " can't be had or can't stand in a header: check them in the source's configuration",
                    new Whatever());
        }
    }

    private List<Series> read(Reply reply, String expression, Instant at, Mask secret) throws SourceException {
        int code = reply.status();
        if (reply.isRedirect()) {
            throw new SourceException(
                    who() + " redirects to " + target(reply)
                            + ": redirects are not followed; set the address that answers",
                    new Whatever());
        }
        if (reply.truncated()) {
            throw new SourceException(who() + " sent more than " + Quantity.ofBase(settings.bodyLimit(), "B")
                    + " for the query " + shorten(expression)
                    + ": narrow the selector, or record a sum by rule and query that");
        }
        byte[] body = reply.body();
        if (code == 401 || code == 403) {
            throw new SourceException(
                    who() + " refused the credentials (HTTP " + code + "): set valid ones with the source",
                    // 403 is also what a firewall says to a query that it takes for an attack
                    code == 401 ? new Whatever() : null);
        }
        if (code != 200) {
            String said = QueryResponse.error(body);
            throw new SourceException(
                    who() + " answered HTTP " + code + " for the query " + shorten(expression)
                            + (said != null
                                    ? ": " + shorten(secret.apply(said))
                                    : code == 404
                                            ? ": is this the address of a Prometheus, with its path prefix?"
                                            : ": see its log"),
                    // too many requests: the parts of this one would be more
                    code == 429 ? new Whatever() : null);
        }
        try {
            List<Series> series = QueryResponse.read(body);
            refuseLater(series, expression, at);
            return series;
        } catch (QueryResponse.Unreadable e) {
            String type = secret.apply(reply.header("Content-Type", "no content type"));
            throw new SourceException(who() + " answered HTTP 200 (" + shorten(type) + "), but "
                    + secret.apply(e.getMessage())
                    + (type.contains("html")
                            ? ": a login page before it? Set the address and credentials of the API itself"
                            : ": is this the address of a Prometheus?"));
        }
    }

    /** No expression here looks ahead: what comes from after its time is made up, and would pass for a scrape that is still to come. */
    private void refuseLater(List<Series> series, String expression, Instant at) throws SourceException {
        long latest = at.toEpochMilli() + ROUNDING.toMillis();
        for (Series one : series) {
            for (long time : one.times()) {
                if (time > latest) {
                    throw new SourceException(who() + " answered the query " + shorten(expression) + " with a point of "
                            + Instant.ofEpochMilli(time) + ", from after the time that was asked for: do its clock and"
                            + " that of what stands between go right?");
                }
            }
        }
    }

    private static String target(Reply reply) {
        HttpUrl to = reply.target();
        return to == null ? "nowhere" : to.host() + ':' + to.port();
    }

    private String unreachable(IOException e) {
        String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        String fix = "see its log and what stands between";
        if (e instanceof UnknownHostException) {
            why = "the name is unknown";
            fix = "check the address";
        } else if (e instanceof SSLException) {
            fix = "check that the address is https and its certificate trusted";
        } else if (e instanceof ConnectException) {
            fix = "is it running, and may this machine connect to it?";
        }
        return who() + " can't be asked (" + shorten(why) + "): " + fix;
    }

    /** Who was asked, for messages. */
    String who() {
        return "Prometheus at " + settings.host();
    }

    static String shorten(String text) {
        return Lines.bounded(text, SHOWN);
    }
}
