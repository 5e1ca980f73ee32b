// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rehearse.world;

import java.io.Closeable;
import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/** One version of the service, on a port of its own: answers every request as the fault injector says. */
final class Service implements Closeable {
    private final Track track;
    private final FaultInjector faults;
    private final LoopbackServer listener;
    private final LongAdder served = new LongAdder();

    Service(Track track, int port, FaultInjector faults) throws IOException {
        this.track = track;
        this.faults = faults;
        listener = new LoopbackServer(track.label(), port, this::serve);
    }

    int port() {
        return listener.port();
    }

    /** Requests that reached this service, counted by the service itself. */
    long served() {
        return served.sum();
    }

    private void serve(Socket socket) throws IOException {
        HttpWire wire = new HttpWire(socket);
        while (wire.read()) {
            served.increment();
            FaultInjector.Answer answer = faults.answer(track);
            LockSupport.parkNanos(answer.nanos());
            wire.write(response(answer));
            if (wire.isLast()) {
                return;
            }
        }
    }

    private byte[] response(FaultInjector.Answer answer) {
        return answer.status() == 200
                ? HttpWire.timed(200, "OK", "checkout " + track.label() + "\n", answer.nanos())
                : HttpWire.timed(500, "Internal Server Error", "no cards today\n", answer.nanos());
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
