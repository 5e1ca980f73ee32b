// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.read;

import io.jenkins.plugins.releaseguard.text.Quantity;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Ends with an error where more than the bound comes, so that no reader sees a part as the whole. */
public final class BoundedInput extends FilterInputStream {
    private final long bound;
    private long read;

    public BoundedInput(InputStream in, long bound) {
        super(in);
        this.bound = bound;
    }

    @Override
    public int read() throws IOException {
        int b = super.read();
        count(b < 0 ? 0 : 1);
        return b;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int n = super.read(bytes, offset, length);
        count(Math.max(0, n));
        return n;
    }

    @Override
    public long skip(long n) throws IOException {
        long skipped = super.skip(n);
        count(skipped);
        return skipped;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    /** Leaves the stream open: who opened it closes it, after the rest has been digested. */
    @Override
    public void close() {}

    private void count(long n) throws IOException {
        read += n;
        if (read > bound) {
            throw new IOException("it is larger than " + Quantity.known(bound, "B"));
        }
    }
}
