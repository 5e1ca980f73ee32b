// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.testing;

import io.jenkins.plugins.releaseguard.effect.EffectException;
import io.jenkins.plugins.releaseguard.effect.router.HaproxyRouter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A real HAProxy with one frontend and the backend {@code shop}, as a test writes it. */
public final class HaproxyFixture implements AutoCloseable {
    private static int count;

    private final Process process;
    private final int proxyPort;
    private final int runtimePort;

    private HaproxyFixture(Process process, int proxyPort, int runtimePort) {
        this.process = process;
        this.proxyPort = proxyPort;
        this.runtimePort = runtimePort;
    }

    /**
     * Until it answers.
     *
     * @param global lines of the global section, separated by {@code ;}
     * @param backend those of the backend
     * @param options of the program
     */
    public static HaproxyFixture start(
            ProcessFixture children, Path dir, String global, String backend, String... options) throws Exception {
        int proxyPort = ProcessFixture.freePort();
        int runtimePort = ProcessFixture.freePort();
        return startAs(
                children,
                dir,
                """
            global
              stats socket ipv4@127.0.0.1:%d level admin
            %s
            defaults
              mode http
              timeout connect 2s
              timeout client 60s
              timeout server 60s
            frontend front
              bind 127.0.0.1:%d
              default_backend shop
            backend shop
            %s
            """.formatted(runtimePort, lines(global), proxyPort, lines(backend)),
                proxyPort,
                runtimePort,
                options);
    }

    /** With a whole configuration, which has these ports. */
    public static HaproxyFixture startAs(
            ProcessFixture children, Path dir, String text, int proxyPort, int runtimePort, String... options)
            throws Exception {
        int mine;
        synchronized (HaproxyFixture.class) {
            mine = count++;
        }
        Path config = dir.resolve("haproxy-" + mine + ".cfg");
        Files.writeString(config, text);
        List<String> command = new ArrayList<>(List.of(ProcessFixture.find("haproxy"), "-f", config.toString(), "-db"));
        command.addAll(List.of(options));
        Process process = children.start("haproxy-" + mine, command.toArray(String[]::new));
        HaproxyFixture proxy = new HaproxyFixture(process, proxyPort, runtimePort);
        children.await("the runtime API of haproxy-" + mine, () -> {
            try {
                return proxy.said("show info").contains("Pid:");
            } catch (IOException e) {
                return false;
            }
        });
        return proxy;
    }

    private static String lines(String text) {
        StringBuilder lines = new StringBuilder();
        for (String line : text.split(";")) {
            lines.append("  ").append(line.trim()).append('\n');
        }
        return lines.toString();
    }

    public String runtime() {
        return "127.0.0.1:" + runtimePort;
    }

    public int proxyPort() {
        return proxyPort;
    }

    public Process process() {
        return process;
    }

    public String said(String command) throws IOException {
        return said(runtimePort, command);
    }

    public static String said(int port, String command) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(20_000);
            OutputStream out = socket.getOutputStream();
            out.write((command + "\n").getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** So many requests, one after the other. */
    public void get(int requests) throws IOException, InterruptedException {
        HttpClient client = ProcessFixture.HTTP;
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + proxyPort + "/pay"))
                .build();
        for (int i = 0; i < requests; i++) {
            client.send(request, HttpResponse.BodyHandlers.discarding());
        }
    }

    /** The same, some at a time. */
    public void getAtOnce(int requests, int atOnce) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + proxyPort + "/pay"))
                .build();
        for (int sent = 0; sent < requests; sent += atOnce) {
            List<CompletableFuture<HttpResponse<Void>>> answers = new ArrayList<>();
            for (int i = sent; i < Math.min(requests, sent + atOnce); i++) {
                answers.add(ProcessFixture.HTTP.sendAsync(request, HttpResponse.BodyHandlers.discarding()));
            }
            answers.forEach(CompletableFuture::join);
        }
    }

    /** A request that its server never answers, until it is closed. */
    public Socket hang() throws IOException {
        Socket held = new Socket(InetAddress.getLoopbackAddress(), proxyPort);
        held.getOutputStream()
                .write("GET /hang HTTP/1.1\r\nHost: shop\r\nConnection: close\r\n\r\n"
                        .getBytes(StandardCharsets.US_ASCII));
        return held;
    }

    /** By its master's socket. */
    public static void reload(int master) {
        try {
            said(master, "reload;quit");
        } catch (IOException e) {
            // it begins anew, and lets go of whoever said so
        }
    }

    /** Whether a router can be read and given users; not while a process of it begins. */
    public static boolean isFit(HaproxyRouter router) throws InterruptedException {
        try {
            return router.read().ground().unfit() == null;
        } catch (EffectException e) {
            return false;
        }
    }

    /** A worker ends with its master. */
    @Override
    public void close() {
        List<ProcessHandle> workers = process.descendants().toList();
        process.destroyForcibly().onExit().join();
        workers.forEach(ProcessHandle::destroyForcibly);
    }
}
