// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rehearse.haproxy;

import io.jenkins.plugins.releaseguard.cli.rehearse.world.LoopbackServer;
import io.jenkins.plugins.releaseguard.cli.rehearse.world.Proxy;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** HAProxy's runtime API on a loopback port: one line of commands separated by {@code ;}, their answers, and the connection's end. */
public final class RuntimeEndpoint implements Closeable {
    private static final int LINE_LIMIT = 16 * 1024;

    private final RuntimeCommands commands;
    private final LoopbackServer listener;

    /** @param port 0 for any free one */
    public RuntimeEndpoint(int port, Proxy proxy, String backend) throws IOException {
        commands = new RuntimeCommands(proxy, backend);
        listener = new LoopbackServer("runtime-api", port, this::serve);
    }

    public int port() {
        return listener.port();
    }

    private void serve(Socket socket) throws IOException {
        socket.setSoTimeout(10_000);
        StringBuilder answer = new StringBuilder();
        for (String command : line(socket.getInputStream()).split(";")) {
            answer.append(commands.answer(command.trim())).append('\n');
        }
        socket.getOutputStream().write(answer.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        int c;
        while ((c = in.read()) >= 0 && c != '\n' && line.length() < LINE_LIMIT) {
            line.append((char) c);
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
