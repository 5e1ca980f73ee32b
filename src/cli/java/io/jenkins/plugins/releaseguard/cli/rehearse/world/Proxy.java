// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rehearse.world;

import java.io.Closeable;
import java.io.IOException;
import java.net.Socket;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The weighted proxy in front of both versions: balances each request, measures it and counts it per track. */
public final class Proxy implements Closeable {
    private static final int TIMEOUT_MILLIS = 10_000;
    private static final byte[] BAD_GATEWAY = HttpWire.response(502, "Bad Gateway", "the server did not answer\n");
    private static final byte[] NO_SERVER = HttpWire.response(503, "Service Unavailable", "no server available\n");

    private final Backend baseline;
    private final Backend canary;
    private final LoopbackServer listener;
    private long turn;

    Proxy(int port, Backend baseline, Backend canary) throws IOException {
        this.baseline = baseline;
        this.canary = canary;
        listener = new LoopbackServer("proxy", port, this::serve);
    }

    public int port() {
        return listener.port();
    }

    public List<Backend> backends() {
        return List.of(baseline, canary);
    }

    public Backend backend(Track track) {
        return track == Track.CANARY ? canary : baseline;
    }

    /** The canary's share of new requests in percent, by the weights. */
    public double canaryShare() {
        double total = baseline.effectiveWeight() + canary.effectiveWeight();
        return total == 0 ? 0 : 100 * canary.effectiveWeight() / total;
    }

    private void serve(Socket socket) throws IOException {
        HttpWire client = new HttpWire(socket);
        Map<Track, HttpWire> upstreams = new EnumMap<>(Track.class);
        try {
            while (client.read()) {
                Backend backend = pick();
                if (backend == null) {
                    client.write(NO_SERVER);
                } else {
                    forward(client, backend, upstreams);
                }
                if (client.isLast()) {
                    return;
                }
            }
        } finally {
            upstreams.values().forEach(HttpWire::close);
        }
    }

    /** Weighted round robin: the canary's turns are spread as evenly as the weights allow; null when nobody takes requests. */
    private synchronized Backend pick() {
        int toBaseline = baseline.effectiveWeight();
        int toCanary = canary.effectiveWeight();
        long total = (long) toBaseline + toCanary;
        if (total == 0) {
            return null;
        }
        turn++;
        boolean canarysTurn = turn * toCanary / total != (turn - 1) * toCanary / total;
        Backend chosen = canarysTurn ? canary : baseline;
        chosen.counted();
        return chosen;
    }

    private static void forward(HttpWire client, Backend backend, Map<Track, HttpWire> upstreams) throws IOException {
        long start = System.nanoTime();
        HttpWire upstream = null;
        int status = 502;
        try {
            upstream = upstreams.get(backend.track());
            if (upstream == null) {
                upstream = HttpWire.connect(backend.port(), TIMEOUT_MILLIS);
                upstreams.put(backend.track(), upstream);
            }
            backend.begin(upstream);
            client.copyTo(upstream);
            if (upstream.read()) {
                status = upstream.status();
            }
        } catch (IOException e) {
            status = 502;
        } finally {
            if (upstream == null) {
                backend.unreachable();
            } else {
                backend.end(upstream);
            }
            // the service's own word where it gives one: a busy machine must not look like a slow release
            long told = status == 502 || upstream == null ? -1 : upstream.timingNanos();
            backend.counts().add(status, told >= 0 ? told : System.nanoTime() - start);
        }
        if (status != 502) {
            upstream.copyTo(client);
            return;
        }
        if (upstream != null) {
            upstreams.remove(backend.track());
            upstream.close();
        }
        client.write(BAD_GATEWAY);
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
