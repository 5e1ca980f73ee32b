// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.testing;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** The processes of one test: started with their output in files, all ended with it, also when the JVM ends before. */
public final class ProcessFixture implements AutoCloseable {
    public static final HttpClient HTTP = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(20))
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    private static final Duration LIMIT = Duration.ofMinutes(4);

    /** Below those that Linux and others give to whoever asks for any. */
    private static final int FIRST_PORT = 12_000;

    private static final int END_PORT = 32_000;
    private static final int TRIES = 1000;

    private final Path dir;
    private final List<Process> processes = new ArrayList<>();
    private final Thread hook = new Thread(this::kill);

    public ProcessFixture(Path dir) {
        this.dir = dir;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Whether a program can be found, and where. */
    public static boolean has(String program) {
        return Stream.concat(Stream.of(System.getenv("PATH").split(":")), Stream.of("/usr/sbin", "/usr/local/sbin"))
                .anyMatch(d -> Files.isExecutable(Path.of(d, program)));
    }

    public static String find(String program) {
        return Stream.concat(Stream.of(System.getenv("PATH").split(":")), Stream.of("/usr/sbin", "/usr/local/sbin"))
                .map(d -> Path.of(d, program))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow()
                .toString();
    }

    public Process start(String name, String... command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log(name).toFile()))
                .start();
        processes.add(process);
        return process;
    }

    public Process java(String name, Class<?> main, String... args) throws IOException {
        String own = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                own,
                main.getName()));
        command.addAll(List.of(args));
        return start(name, command.toArray(String[]::new));
    }

    private Path log(String name) {
        return dir.resolve(name + ".log");
    }

    public String output(String name) throws IOException {
        return Files.exists(log(name)) ? Files.readString(log(name)) : "";
    }

    /**
     * A port that nobody listens at: not one of those that the system gives to whoever asks for any, of which another test
     * may have it before the program that it is for has begun.
     */
    public static int freePort() throws IOException {
        for (int i = 0; i < TRIES; i++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST_PORT, END_PORT);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (BindException e) {
                // another has it
            }
        }
        throw new IOException("no port is free from " + FIRST_PORT + " to " + END_PORT);
    }

    public static HttpResponse<String> get(String url) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .timeout(Duration.ofSeconds(20))
                .build();
        return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    }

    /** Waits for a condition; an {@link IOException} is a no. What the processes printed is told where it doesn't come. */
    public void await(String what, Callable<Boolean> condition) throws IOException {
        try {
            Awaitility.await(what)
                    .atMost(LIMIT)
                    .pollInterval(Duration.ofMillis(25))
                    .ignoreExceptionsInstanceOf(IOException.class)
                    .until(condition);
        } catch (ConditionTimeoutException e) {
            StringBuilder logs = new StringBuilder();
            try (Stream<Path> files = Files.list(dir)) {
                for (Path file :
                        files.filter(f -> f.toString().endsWith(".log")).toList()) {
                    logs.append('\n').append(file.getFileName()).append(":\n").append(Files.readString(file));
                }
            }
            throw new AssertionError(e.getMessage() + logs, e);
        }
    }

    public void awaitHttp(String url) throws Exception {
        await(url, () -> get(url).statusCode() == 200);
    }

    private void kill() {
        processes.forEach(Process::destroyForcibly);
    }

    @Override
    public void close() {
        kill();
        processes.forEach(
                process -> process.onExit().orTimeout(1, TimeUnit.MINUTES).join());
        Runtime.getRuntime().removeShutdownHook(hook);
    }
}
