// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.effect.command;

import io.jenkins.plugins.releaseguard.secret.Mask;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * The end of what a command prints, without its secrets, wherever the command runs. What comes is masked before it is cut, so that no half
 * of a secret stays.
 */
public final class OutputTail extends OutputStream {
    /** Bytes of the longest character in UTF-8. */
    private static final int LONGEST_CHARACTER = 4;

    private final int keep;
    private final Ring ring;
    private final OutputStream masked;
    private boolean closed;

    /** @param keep how many characters are kept */
    public OutputTail(int keep, Mask mask) {
        this.keep = keep;
        this.ring = new Ring(Math.max(1, Math.multiplyExact(keep, LONGEST_CHARACTER)));
        this.masked = mask.over(ring);
    }

    @Override
    public synchronized void write(int b) throws IOException {
        if (!closed) {
            masked.write(b);
        }
    }

    @Override
    public synchronized void write(byte[] bytes, int from, int length) throws IOException {
        if (!closed) {
            masked.write(bytes, from, length);
        }
    }

    /** Takes nothing more. */
    @Override
    public synchronized void close() throws IOException {
        closed = true;
        masked.close();
    }

    /** Whether there was more than is kept; after {@link #close}. */
    public synchronized boolean wasCut() {
        return ring.overflowed() || ring.text().length() > keep;
    }

    /** The end of the output; after {@link #close}. */
    public synchronized String text() {
        String text = ring.text();
        if (text.length() <= keep) {
            return text;
        }
        int from = text.length() - keep;
        return text.substring(from < text.length() && Character.isLowSurrogate(text.charAt(from)) ? from + 1 : from);
    }

    /** The last bytes. */
    private static final class Ring extends OutputStream {
        private final byte[] bytes;
        private long total;

        Ring(int size) {
            bytes = new byte[size];
        }

        @Override
        public void write(int b) {
            bytes[(int) (total++ % bytes.length)] = (byte) b;
        }

        boolean overflowed() {
            return total > bytes.length;
        }

        String text() {
            int length = (int) Math.min(total, bytes.length);
            byte[] last = new byte[length];
            for (int i = 0; i < length; i++) {
                last[i] = bytes[(int) ((total - length + i) % bytes.length)];
            }
            int from = 0;
            // the rest of a character that was cut
            while (overflowed() && from < Math.min(length, LONGEST_CHARACTER - 1) && (last[from] & 0xC0) == 0x80) {
                from++;
            }
            return new String(last, from, length - from, StandardCharsets.UTF_8);
        }
    }
}
