// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A real browser without a window, spoken to over its DevTools protocol: as much of it as the pages' tests need. */
public final class Chromium implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Notes what the page's policy refused, from the first moment of each page. */
    private static final String LISTEN = "window.rgRefused = [];"
            + "document.addEventListener('securitypolicyviolation',"
            + " e => window.rgRefused.push(e.violatedDirective + ': ' + (e.blockedURI || e.sample)));";

    private final Process process;
    private final WebSocket socket;
    private final AtomicInteger next = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();

    private Chromium(Process process, URI page, HttpClient http) {
        this.process = process;
        this.socket = http.newWebSocketBuilder().buildAsync(page, new Ear()).join();
        command("Page.enable");
        command("Runtime.enable");
        command("Log.enable");
        command("Page.addScriptToEvaluateOnNewDocument", "source", LISTEN);
    }

    /** Where the browser is; empty on a machine that has none. */
    public static Optional<Path> installed() {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .flatMap(folder -> Stream.of("chromium", "google-chrome", "chromium-browser")
                        .map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** @param profile an empty folder of its own */
    public static Chromium start(Path program, Path profile) throws Exception {
        Process process = new ProcessBuilder(
                        program.toString(),
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-quic",
                        "--disable-dev-shm-usage",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--no-first-run",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile,
                        "about:blank")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            HttpClient http = HttpClient.newHttpClient();
            return new Chromium(process, page(http, port(process, profile)), http);
        } catch (Exception e) {
            end(process);
            throw e;
        }
    }

    private static int port(Process process, Path profile) throws Exception {
        Path told = profile.resolve("DevToolsActivePort");
        for (long end = System.nanoTime() + PATIENCE.toNanos(); System.nanoTime() < end; Thread.sleep(50)) {
            if (Files.exists(told) && Files.readString(told).contains("\n")) {
                return Integer.parseInt(Files.readAllLines(told).get(0));
            } else if (!process.isAlive()) {
                throw new IOException("the browser ended with " + process.exitValue());
            }
        }
        throw new IOException("the browser told no port within " + PATIENCE);
    }

    private static URI page(HttpClient http, int port) throws Exception {
        URI list = URI.create("http://127.0.0.1:" + port + "/json/list");
        HttpResponse<String> answer =
                http.send(HttpRequest.newBuilder(list).build(), HttpResponse.BodyHandlers.ofString());
        for (JsonNode target : JSON.readTree(answer.body())) {
            if (target.path("type").asText().equals("page")) {
                return URI.create(target.path("webSocketDebuggerUrl").asText());
            }
        }
        throw new IOException("the browser has no page");
    }

    private final class Ear implements WebSocket.Listener {
        private final StringBuilder heard = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            heard.append(data);
            if (last) {
                hear(heard.toString());
                heard.setLength(0);
            }
            webSocket.request(1);
            return null;
        }
    }

    private void hear(String text) {
        try {
            JsonNode message = JSON.readTree(text);
            if (message.has("id")) {
                Optional.ofNullable(answers.remove(message.get("id").asInt()))
                        .ifPresent(answer -> answer.complete(message));
            } else if (message.path("method").asText().equals("Runtime.exceptionThrown")) {
                complaints.add(message.at("/params/exceptionDetails").toString());
            } else if (message.at("/params/entry/source").asText().equals("security")) {
                complaints.add(message.at("/params/entry/text").asText());
            }
        } catch (IOException e) {
            complaints.add("unreadable: " + text);
        }
    }

    /** @param parameters names and values, by turns */
    public JsonNode command(String method, Object... parameters) {
        int id = next.incrementAndGet();
        ObjectNode message = JSON.createObjectNode().put("id", id).put("method", method);
        ObjectNode params = message.putObject("params");
        for (int i = 0; i < parameters.length; i += 2) {
            params.set((String) parameters[i], JSON.valueToTree(parameters[i + 1]));
        }
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        answers.put(id, answer);
        socket.sendText(message.toString(), true).join();
        JsonNode told = answer.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
        if (told.has("error")) {
            throw new IllegalStateException(method + ": " + told.get("error"));
        }
        return told.path("result");
    }

    /** As this user, by basic authorization; every name is its own password. */
    public void as(String user) {
        String login = Base64.getEncoder().encodeToString((user + ":" + user).getBytes());
        command("Network.enable");
        command("Network.setExtraHTTPHeaders", "headers", Map.of("Authorization", "Basic " + login));
    }

    public void open(String url) throws Exception {
        command("Page.navigate", "url", url);
        until("location.href === '" + url + "' && document.readyState === 'complete'");
    }

    /** What an expression gives, a promise waited for. */
    public JsonNode evaluate(String expression) {
        JsonNode result =
                command("Runtime.evaluate", "expression", expression, "returnByValue", true, "awaitPromise", true);
        if (result.has("exceptionDetails")) {
            throw new IllegalStateException(expression + ": " + result.get("exceptionDetails"));
        }
        return result.at("/result/value");
    }

    public void until(String condition) throws Exception {
        for (long end = System.nanoTime() + PATIENCE.toNanos(); System.nanoTime() < end; Thread.sleep(50)) {
            if (evaluate("!!(" + condition + ")").asBoolean()) {
                return;
            }
        }
        throw new AssertionError("not within " + PATIENCE + ": " + condition + "; the page says: "
                + evaluate("document.body.innerText").asText());
    }

    /** What the page's policy refused, and what its scripts threw. */
    public List<String> complaints() {
        List<String> all = new ArrayList<>(complaints);
        evaluate("window.rgRefused").forEach(one -> all.add(one.asText()));
        return all;
    }

    public void forget() {
        complaints.clear();
    }

    void screenshot(Path file) throws IOException {
        JsonNode shot = command("Page.captureScreenshot", "captureBeyondViewport", true);
        Files.write(file, Base64.getDecoder().decode(shot.path("data").asText()));
    }

    @Override
    public void close() throws Exception {
        socket.abort();
        end(process);
    }

    private static void end(Process process) throws InterruptedException {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
    }
}
