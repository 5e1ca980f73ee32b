// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rehearse.world;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A loopback port and a daemon thread a connection. Closing it closes every connection it took. */
public final class LoopbackServer implements Closeable {
    /** What is done with a connection; it is closed afterwards. */
    @FunctionalInterface
    public interface Handler {
        void handle(Socket socket) throws IOException;
    }

    private static final int BACKLOG = 512;

    private final ServerSocket server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** @param port 0 for any free one */
    public LoopbackServer(String name, int port, Handler handler) throws IOException {
        server = new ServerSocket(port, BACKLOG, InetAddress.getLoopbackAddress());
        Threads.start(name, () -> accept(name, handler));
    }

    public int port() {
        return server.getLocalPort();
    }

    private void accept(String name, Handler handler) {
        while (!closed) {
            try {
                Socket socket = server.accept();
                open.add(socket);
                Threads.start(name + "-connection", () -> serve(socket, handler));
            } catch (IOException e) {
                // closed, or one connection that came to nothing
            }
        }
    }

    private void serve(Socket socket, Handler handler) {
        try (socket) {
            if (!closed) {
                handler.handle(socket);
            }
        } catch (IOException e) {
            // the other side is gone: that ends this connection and nothing else
        } finally {
            open.remove(socket);
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        server.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
