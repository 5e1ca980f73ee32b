// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rehearse.world;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * One keep-alive HTTP/1.1 connection that reads whole messages with a Content-Length (or none) and hands their bytes on
 * unchanged. Just enough HTTP for loopback load of thousands of requests a second; messages are bounded, chunks refused.
 */
final class HttpWire implements Closeable {
    private static final int LIMIT = 64 * 1024;
    private static final byte[] LENGTH = "content-length:".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CHUNKS = "transfer-encoding:".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TIMING = "server-timing: app;dur=".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CLOSE = "connection: close".getBytes(StandardCharsets.US_ASCII);

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private byte[] buffer = new byte[4096];
    private int filled;
    private int message;
    private boolean last;
    private long timing = -1;

    HttpWire(Socket socket) throws IOException {
        this.socket = socket;
        socket.setTcpNoDelay(true);
        in = socket.getInputStream();
        out = socket.getOutputStream();
    }

    static HttpWire connect(int port, int timeoutMillis) throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), timeoutMillis);
            socket.setSoTimeout(timeoutMillis);
            return new HttpWire(socket);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** Reads the next message whole; false at the end of the connection between two messages. */
    boolean read() throws IOException {
        System.arraycopy(buffer, message, buffer, 0, filled - message);
        filled -= message;
        message = 0;
        int head = 0;
        int from = 0;
        while ((head = endOfHead(from)) < 0) {
            from = Math.max(0, filled - 3);
            if (!fill()) {
                if (filled == 0) {
                    return false;
                }
                throw new EOFException("the connection ended inside a message");
            }
        }
        int length = parse(head);
        while (filled < head + length) {
            if (!fill()) {
                throw new EOFException("the connection ended inside a message");
            }
        }
        message = head + length;
        return true;
    }

    /** The status of the response that was read last. */
    int status() {
        if (message < 12) {
            return 0;
        }
        return (buffer[9] - '0') * 100 + (buffer[10] - '0') * 10 + buffer[11] - '0';
    }

    /** The request line or status line of the message that was read last. */
    String firstLine() {
        int end = 0;
        while (end < message && buffer[end] != '\r') {
            end++;
        }
        return new String(buffer, 0, end, StandardCharsets.ISO_8859_1);
    }

    /** Whether the message that was read last asked to close the connection. */
    boolean isLast() {
        return last;
    }

    /** How long the server says that it took ({@code Server-Timing: app;dur=…}), in nanoseconds; -1 where it doesn't say. */
    long timingNanos() {
        return timing;
    }

    /** Hands the message that was read last on to {@code other}. */
    void copyTo(HttpWire other) throws IOException {
        other.out.write(buffer, 0, message);
    }

    void write(byte[] bytes) throws IOException {
        out.write(bytes);
    }

    /** A response without keep-alive tricks, ready to be sent any number of times. */
    static byte[] response(int status, String reason, String body) {
        return response(status, reason, body, "");
    }

    /** The same, telling how long the server took. */
    static byte[] timed(int status, String reason, String body, long nanos) {
        return response(
                status,
                reason,
                body,
                "Server-Timing: app;dur=" + nanos / 1_000_000 + "." + nanos / 100_000 % 10 + "\r\n");
    }

    private static byte[] response(int status, String reason, String body, String header) {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        String head =
                "HTTP/1.1 " + status + " " + reason + "\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: "
                        + content.length + "\r\n" + header + "\r\n";
        return (head + body).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // nothing is left to be done with it
        }
    }

    private boolean fill() throws IOException {
        if (filled == buffer.length) {
            if (filled >= LIMIT) {
                throw new IOException("message over " + LIMIT + " bytes");
            }
            buffer = java.util.Arrays.copyOf(buffer, buffer.length * 2);
        }
        int read = in.read(buffer, filled, buffer.length - filled);
        if (read < 0) {
            return false;
        }
        filled += read;
        return true;
    }

    private int endOfHead(int from) {
        for (int i = from; i + 3 < filled; i++) {
            if (buffer[i] == '\r' && buffer[i + 1] == '\n' && buffer[i + 2] == '\r' && buffer[i + 3] == '\n') {
                return i + 4;
            }
        }
        return -1;
    }

    /** The body's length, from the header lines. */
    private int parse(int head) throws IOException {
        int length = 0;
        last = false;
        timing = -1;
        for (int i = 0; i < head; i++) {
            if (buffer[i] != '\n') {
                continue;
            }
            if (starts(i + 1, LENGTH)) {
                String text = rest(i + 1 + LENGTH.length);
                length = text.matches("[0-9]{1,6}") ? Integer.parseInt(text) : LIMIT + 1;
                if (length > LIMIT) {
                    throw new IOException("message over " + LIMIT + " bytes");
                }
            } else if (starts(i + 1, TIMING)) {
                String text = rest(i + 1 + TIMING.length);
                timing = text.matches("[0-9]{1,7}(\\.[0-9]{1,6})?") ? (long) (Double.parseDouble(text) * 1e6) : -1;
            } else if (starts(i + 1, CHUNKS)) {
                throw new IOException("chunked messages are not understood");
            } else if (starts(i + 1, CLOSE)) {
                last = true;
            }
        }
        return length;
    }

    /** What is left of a header line. */
    private String rest(int from) {
        int end = from;
        while (buffer[end] != '\r') {
            end++;
        }
        return new String(buffer, from, end - from, StandardCharsets.US_ASCII).trim();
    }

    private boolean starts(int at, byte[] name) {
        if (at + name.length > filled) {
            return false;
        }
        for (int i = 0; i < name.length; i++) {
            int c = buffer[at + i];
            if (c >= 'A' && c <= 'Z') {
                c += 'a' - 'A';
            }
            if (c != name[i]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "HttpWire[%s, %d bytes]", socket, filled);
    }
}
