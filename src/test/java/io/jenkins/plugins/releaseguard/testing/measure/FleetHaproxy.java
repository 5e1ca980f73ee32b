// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.testing.measure;

import io.jenkins.plugins.releaseguard.testing.FakeRuntimeApi;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** HAProxy's runtime API, one for each address, each with the backends of {@link FakeFleet#SHARE} releases. */
final class FleetHaproxy {
    private static final Pattern WEIGHT = Pattern.compile("set server (\\S+) weight (\\d+)(%?)");
    private static final int MOST_WEIGHT = 256;

    private final ServerSocket server = new ServerSocket(0, 1000);
    private final ExecutorService workers = Executors.newFixedThreadPool(8);
    private final Map<String, Integer> weights = new ConcurrentHashMap<>();

    private final FleetTraffic traffic;

    FleetHaproxy(FleetTraffic traffic) throws IOException {
        this.traffic = traffic;
        Thread thread = new Thread(this::serve, "fleet-haproxy");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return server.getLocalPort();
    }

    private void serve() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                workers.execute(() -> answer(socket));
            } catch (IOException e) {
                // whoever asked has gone
            }
        }
    }

    private void answer(Socket socket) {
        try (socket) {
            StringBuilder line = new StringBuilder();
            InputStream in = socket.getInputStream();
            for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
                line.append((char) c);
            }
            String host = socket.getLocalAddress().getHostAddress();
            StringBuilder said = new StringBuilder();
            for (String command : line.toString().split(";")) {
                said.append(
                                command.startsWith("show stat")
                                        ? table(host)
                                        : command.startsWith("show servers state ")
                                                ? FakeRuntimeApi.fit(command.substring(19), "canary")
                                                : set(host, command))
                        .append('\n');
            }
            socket.getOutputStream().write(said.toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // whoever asked has gone
        }
    }

    private String set(String host, String command) {
        Matcher weight = WEIGHT.matcher(command);
        if (weight.matches()) {
            weights.put(host + ' ' + weight.group(1), Integer.parseInt(weight.group(2)));
            String place = host + ' ' + weight.group(1).replaceFirst("/.*", "");
            double canary = weights.getOrDefault(place + "/canary", 0);
            traffic.change(place, canary / (canary + weights.getOrDefault(place + "/baseline", MOST_WEIGHT)));
        }
        return "";
    }

    private String table(String host) {
        StringBuilder table = new StringBuilder("# pxname,svname,scur,stot,status,weight,bck\n");
        long now = System.currentTimeMillis();
        for (int i = 0; i < FakeFleet.SHARE; i++) {
            String backend = FakeFleet.backend(i);
            int canary = weights.getOrDefault(host + ' ' + backend + "/canary", 0);
            int baseline = weights.getOrDefault(host + ' ' + backend + "/baseline", MOST_WEIGHT);
            String place = host + ' ' + backend;
            int sessions = canary == 0 ? 0 : 1;
            table.append(backend).append(",canary,").append(sessions).append(',');
            table.append(traffic.requests(place, true, now));
            table.append(",UP,").append(canary).append(",0\n");
            table.append(backend).append(",baseline,1,").append(traffic.requests(place, false, now));
            table.append(",UP,").append(baseline).append(",0\n");
        }
        return table.toString();
    }
}
