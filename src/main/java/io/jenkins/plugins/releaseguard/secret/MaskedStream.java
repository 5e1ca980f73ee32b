// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.secret;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Passes bytes on without what a {@link ByteMatcher} finds; what overlaps or touches is one gap. Not for several threads at once. */
final class MaskedStream extends FilterOutputStream {
    private static final byte[] STARS = "****".getBytes(StandardCharsets.US_ASCII);

    /** A shorter one that a line break divides is taken for chance. */
    private static final int LEAST_DIVIDED = 8;

    /** Longer empty space divides words. */
    private static final int MOST_BREAKS = 2;

    private final ByteMatcher matcher;

    /** Bytes that may be part of a secret, oldest first, with whether they are known to be. */
    private final List<Held> held = new ArrayList<>();

    private int state = ByteMatcher.ROOT;
    private int breaks;
    private boolean inGap;
    private boolean hidden;

    private static final class Held {
        private final byte value;
        private boolean secret;

        Held(byte value) {
            this.value = value;
        }
    }

    MaskedStream(OutputStream out, ByteMatcher matcher) {
        super(out);
        this.matcher = matcher;
    }

    boolean hasHidden() {
        return hidden;
    }

    @Override
    public void write(int b) throws IOException {
        byte value = (byte) b;
        if (state == ByteMatcher.ROOT && held.isEmpty()) {
            state = matcher.step(state, value);
            if (state == ByteMatcher.ROOT) {
                pass(value, false);
                return;
            }
            held.add(new Held(value));
            return;
        }
        held.add(new Held(value));
        if (ByteMatcher.isBreak(value)) {
            if (++breaks > MOST_BREAKS) {
                state = ByteMatcher.ROOT;
            }
        } else {
            breaks = 0;
            state = matcher.step(state, value);
            int length = matcher.ended(state);
            if (length > 0) {
                mark(length);
            }
        }
        release(matcher.open(state));
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        for (int i = from; i < from + length; i++) {
            write(bytes[i]);
        }
    }

    private void mark(int length) {
        int from = start(length);
        boolean divided = held.size() - from > length;
        if (divided && length < LEAST_DIVIDED) {
            return;
        }
        hidden = true;
        for (int i = from; i < held.size(); i++) {
            held.get(i).secret = true;
        }
    }

    /** Where the last so many bytes begin that are no line breaks. */
    private int start(int length) {
        int at = held.size();
        int left = length;
        while (left > 0) {
            at--;
            left -= ByteMatcher.isBreak(held.get(at).value) ? 0 : 1;
        }
        return at;
    }

    /** Passes on what can be part of no secret any more. */
    private void release(int open) throws IOException {
        int keep = start(open);
        if (open == 0) {
            breaks = 0;
        }
        for (int i = 0; i < keep; i++) {
            pass(held.get(i).value, held.get(i).secret);
        }
        held.subList(0, keep).clear();
    }

    private void pass(byte value, boolean secret) throws IOException {
        if (!secret) {
            out.write(value);
        } else if (!inGap) {
            out.write(STARS);
        }
        inGap = secret;
    }

    @Override
    public void close() throws IOException {
        state = ByteMatcher.ROOT;
        release(0);
        super.close();
    }
}
