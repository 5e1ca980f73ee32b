// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.metric.prometheus;

import io.jenkins.plugins.releaseguard.metric.SourceException;
import io.jenkins.plugins.releaseguard.text.Lines;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.math.BigDecimal;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLException;
import okhttp3.FormBody;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** Instant queries, each bounded in time and size. What goes wrong is said with the host, what happened and what to do. */
final class QueryApi {
    private static final int SHOWN = 200;

    private final OkHttpClient client;
    private final PrometheusSettings settings;
    private final HttpUrl endpoint;

    QueryApi(OkHttpClient base, PrometheusSettings settings) {
        this.settings = settings;
        // a redirect could carry the token to another host; whoever means the other address can set it
        this.client = base.newBuilder()
                .followRedirects(false)
                .followSslRedirects(false)
                .connectTimeout(shorter(settings.timeout(), Duration.ofSeconds(2)))
                .readTimeout(settings.timeout())
                .writeTimeout(settings.timeout())
                .callTimeout(settings.timeout())
                .build();
        this.endpoint = HttpUrl.get(settings.url().toString())
                .newBuilder()
                .addPathSegments("api/v1/query")
                .build();
    }

    /** The series of an expression at a time. */
    List<Series> query(String expression, Instant at) throws SourceException, InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted before asking " + who());
        }
        Request.Builder request = new Request.Builder()
                .url(endpoint)
                .post(new FormBody.Builder()
                        .add("query", expression)
                        .add("time", BigDecimal.valueOf(at.toEpochMilli(), 3).toPlainString())
                        .build());
        authorize(request);
        try (Response response = client.newCall(request.build()).execute()) {
            return read(response, expression);
        } catch (InterruptedIOException e) {
            if (Thread.interrupted()
                    || "interrupted".equals(e.getMessage())
                    || "thread interrupted".equals(e.getMessage())) {
                throw new InterruptedException("interrupted while asking " + who());
            }
            throw new SourceException(
                    who() + " did not answer within " + seconds(settings.timeout())
                            + ": is it alive and not overloaded? A longer timeout can be set with the source",
                    e);
        } catch (IOException e) {
            throw new SourceException(unreachable(e), e);
        }
    }

    private void authorize(Request.Builder request) throws SourceException {
        String header;
        try {
            header = settings.authorization().header();
            if (header != null) {
                request.header("Authorization", header);
            }
        } catch (RuntimeException e) {
            // neither cause nor message: OkHttp's quotes the value
            throw new SourceException("The credentials for " + who()
                    + " can't be had or can't stand in a header: check them in the source's configuration");
        }
    }

    private List<Series> read(Response response, String expression) throws IOException, SourceException {
        int code = response.code();
        if (response.isRedirect()) {
            throw new SourceException(who() + " redirects to " + target(response)
                    + ": redirects are not followed; set the address that answers");
        }
        var source = response.body().source();
        if (source.request(settings.bodyLimit() + 1L)) {
            throw new SourceException(String.format(
                    Locale.ROOT,
                    "%s sent more than %.1f MiB for the query %s: narrow the selector, or record a sum by rule and"
                            + " query that",
                    who(),
                    settings.bodyLimit() / 1048576.0,
                    shorten(expression)));
        }
        byte[] body = source.readByteArray();
        if (code == 401 || code == 403) {
            throw new SourceException(
                    who() + " refused the credentials (HTTP " + code + "): set valid ones with the source");
        }
        if (code != 200) {
            String said = QueryResponse.error(body);
            throw new SourceException(who() + " answered HTTP " + code + " for the query " + shorten(expression)
                    + (said != null
                            ? ": " + shorten(withoutSecret(said, response))
                            : code == 404
                                    ? ": is this the address of a Prometheus, with its path prefix?"
                                    : ": see its log"));
        }
        try {
            return QueryResponse.read(body);
        } catch (QueryResponse.Unreadable e) {
            String type = withoutSecret(response.header("Content-Type", "no content type"), response);
            throw new SourceException(who() + " answered HTTP 200 (" + shorten(type) + "), but "
                    + withoutSecret(e.getMessage(), response)
                    + (type.contains("html")
                            ? ": a login page before it? Set the address and credentials of the API itself"
                            : ": is this the address of a Prometheus?"));
        }
    }

    /** A server, or a proxy before it, may say the header back that it was sent; that stands in no message. */
    private static String withoutSecret(String said, Response response) {
        String header = response.request().header("Authorization");
        if (header == null || said == null) {
            return said;
        }
        String secret = header.substring(header.indexOf(' ') + 1);
        return secret.isEmpty() ? said : said.replace(secret, "…");
    }

    private String target(Response response) {
        HttpUrl to = response.request().url().resolve(response.header("Location", ""));
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

    static String seconds(Duration d) {
        return BigDecimal.valueOf(d.toMillis(), 3).stripTrailingZeros().toPlainString() + " s";
    }

    static String shorten(String text) {
        return Lines.bounded(text, SHOWN);
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
