// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** As much of an SMTP server (RFC 5321) as takes a mail, on a real socket. */
public final class FakeMailServer implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    private final List<String> mails = new CopyOnWriteArrayList<>();
    private final String refusal;

    /** @param refusal what it answers to each recipient; empty to take them */
    public FakeMailServer(String refusal) throws IOException {
        this.refusal = refusal;
        Thread thread = new Thread(this::serve, "mail server");
        thread.setDaemon(true);
        thread.start();
    }

    public String port() {
        return Integer.toString(server.getLocalPort());
    }

    /** Each with its envelope's lines first. */
    public List<String> mails() {
        return mails;
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                talk(
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8)),
                        new PrintStream(socket.getOutputStream(), true, StandardCharsets.UTF_8));
            } catch (IOException e) {
                // the test is over, or the client is gone
            }
        }
    }

    private void talk(BufferedReader in, PrintStream out) throws IOException {
        StringBuilder mail = new StringBuilder();
        out.print("220 here\r\n");
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String verb = line.split("[ :]")[0].toUpperCase(java.util.Locale.ROOT);
            switch (verb) {
                case "DATA" -> {
                    out.print("354 go on\r\n");
                    for (String text = in.readLine(); !text.equals("."); text = in.readLine()) {
                        mail.append(text).append('\n');
                    }
                    mails.add(mail.toString());
                    out.print("250 taken\r\n");
                }
                case "RCPT" -> {
                    mail.append(line).append('\n');
                    out.print(refusal.isEmpty() ? "250 ok\r\n" : refusal + "\r\n");
                }
                case "QUIT" -> {
                    out.print("221 bye\r\n");
                    return;
                }
                default -> out.print("250 ok\r\n");
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
