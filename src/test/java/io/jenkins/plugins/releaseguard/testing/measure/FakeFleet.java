// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.testing.measure;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;

/**
 * What many releases call, in a process of its own so that its threads and its time don't count as ours: a Prometheus and a HAProxy on each
 * address from 127.0.0.2 on. Every tenth Prometheus is slow.
 */
public final class FakeFleet implements Closeable {
    /** Releases that share a Prometheus and a HAProxy, in which each has a backend of its own. */
    public static final int SHARE = 10;

    private static final int SLOW = 10;

    private final Process process;
    private final Addresses addresses;

    private FakeFleet(Process process, Addresses addresses) {
        this.process = process;
        this.addresses = addresses;
    }

    /** By ports, which are the same on every address. */
    public record Addresses(int prometheus, int haproxy) implements Serializable {
        private static final long serialVersionUID = 1L;

        public String prometheusUrl(int release) {
            return "http://" + host(release) + ':' + prometheus;
        }

        public String haproxyAddress(int release) {
            return host(release) + ':' + haproxy;
        }
    }

    public static FakeFleet start() throws IOException {
        return start("healthy");
    }

    /** Whose canaries fail three of ten requests from a quarter of the traffic on; releases of whole tens are served. */
    public static FakeFleet startFaulty() throws IOException {
        return start("faulty");
    }

    private static FakeFleet start(String health) throws IOException {
        Process process = new ProcessBuilder(
                        Children.JAVA,
                        "-XX:+UseSerialGC",
                        "-Xmx256m",
                        // beyond so many it closes connections that are kept
                        "-Dsun.net.httpserver.maxIdleConnections=100000",
                        "-Dsun.net.httpserver.nodelay=true",
                        "-cp",
                        Children.CLASSPATH,
                        FakeFleet.class.getName(),
                        health)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String[] ports = firstLine(process.getInputStream()).split(" ");
        return new FakeFleet(process, new Addresses(Integer.parseInt(ports[0]), Integer.parseInt(ports[1])));
    }

    /** Until whoever began it is gone. */
    public static void main(String[] args) throws IOException {
        FleetTraffic traffic = new FleetTraffic();
        FleetPrometheus prometheus = args[0].equals("faulty")
                ? new FleetPrometheus(host -> false, traffic)
                : new FleetPrometheus(FakeFleet::isSlow, null);
        FleetHaproxy haproxy = new FleetHaproxy(traffic);
        System.out.println(prometheus.port() + " " + haproxy.port());
        while (System.in.read() >= 0) {
            // nothing is said
        }
        System.exit(0);
    }

    public Addresses addresses() {
        return addresses;
    }

    public static String backend(int release) {
        return "shop" + release % SHARE;
    }

    /** Whether a release's Prometheus takes its time. */
    public static boolean isSlow(int release) {
        return isSlow(host(release));
    }

    private static String host(int release) {
        int place = release / SHARE + 2;
        return "127.0." + place / 250 + '.' + (place % 250 + 1);
    }

    private static boolean isSlow(String host) {
        return Integer.parseInt(host.substring(host.lastIndexOf('.') + 1)) % SLOW == 0;
    }

    private static String firstLine(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            line.append((char) c);
        }
        if (line.isEmpty()) {
            throw new IOException("the fleet did not start");
        }
        return line.toString().trim();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
