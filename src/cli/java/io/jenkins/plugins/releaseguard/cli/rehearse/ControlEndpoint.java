// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rehearse;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.releaseguard.cli.rehearse.world.Scenario;
import io.jenkins.plugins.releaseguard.cli.rehearse.world.Track;
import io.jenkins.plugins.releaseguard.cli.rehearse.world.World;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** Changes what goes wrong while the services run: POST /scenario/NAME, POST /reset; GET / tells how things stand. */
final class ControlEndpoint implements Closeable {
    private static final String SCENARIO = "/scenario/";

    private final World world;
    private final HttpServer server;

    ControlEndpoint(int port, World world) throws IOException {
        this.world = world;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                answer(exchange);
            }
        });
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        boolean post = exchange.getRequestMethod().equals("POST");
        int status = 200;
        if (path.startsWith(SCENARIO) && post) {
            Optional<Scenario> scenario = Scenario.of(path.substring(SCENARIO.length()));
            scenario.ifPresent(world.faults()::choose);
            status = scenario.isPresent() ? 200 : 404;
        } else if (path.equals("/reset") && post) {
            world.reset();
            world.faults().choose(Scenario.HEALTHY);
        } else if (!path.equals("/") || post) {
            status = path.startsWith(SCENARIO) || path.equals("/reset") ? 405 : 404;
        }
        byte[] body = (status == 200 ? state() : "scenarios: " + Arrays.toString(Scenario.values()) + "\n")
                .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    private String state() {
        return "scenario=" + world.faults().scenario().id() + "\nweight="
                + world.proxy().canaryShare() + "\nrequests.canary="
                + world.served(Track.CANARY) + "\nrequests.baseline="
                + world.served(Track.BASELINE) + "\n";
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
