// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.journal;

import java.io.IOException;
import java.util.Arrays;

/** A disk that fills up, and worse. */
final class FakeStorage implements Storage {
    private final Storage disk;
    private int room = Integer.MAX_VALUE;
    private boolean truncates = true;
    private boolean forces = true;
    private boolean closed;

    FakeStorage(Storage disk) {
        this.disk = disk;
    }

    public FakeStorage roomFor(int bytes) {
        room = bytes;
        return this;
    }

    public FakeStorage refuseToTruncate() {
        truncates = false;
        return this;
    }

    public void refuseToForce() {
        forces = false;
    }

    public void heal() {
        room = Integer.MAX_VALUE;
        truncates = true;
        forces = true;
    }

    @Override
    public void write(byte[] bytes) throws IOException {
        if (bytes.length > room) {
            disk.write(Arrays.copyOf(bytes, room));
            throw new IOException("No space left on device");
        }
        disk.write(bytes);
    }

    @Override
    public void truncate(long length) throws IOException {
        if (!truncates) {
            throw new IOException("Input/output error");
        }
        disk.truncate(length);
    }

    @Override
    public void force() throws IOException {
        if (!forces) {
            throw new IOException("Input/output error");
        }
        disk.force();
    }

    @Override
    public void close() throws IOException {
        closed = true;
        disk.close();
    }

    boolean closed() {
        return closed;
    }
}
