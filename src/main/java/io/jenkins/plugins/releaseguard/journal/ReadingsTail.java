// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the readings beside a journal end.
 *
 * @param frames those that can be read and have their place in the journal
 * @param loose bytes behind them
 * @param lost how many readings are gone that were there once
 * @param text what is to be told of it, null for nothing
 */
record ReadingsTail(Frames frames, long loose, long lost, String text) {

    /** @param tail the journal's own end, which readings can't go beyond */
    static ReadingsTail of(Path path, Tail tail) throws IOException {
        ReadingsMark mark = tail.mark();
        boolean asWritten = mark == null || mark.bytes() == 0;
        long count = 0;
        try (Frames frames = new Frames(path)) {
            ReadingDecoder decoder = new ReadingDecoder();
            for (byte[] frame = frames.next(); frame != null && placed(decoder, frame, tail); frame = frames.next()) {
                count = frames.count();
                asWritten |= frames.mark().equals(mark);
            }
        }
        Frames kept = first(path, count);
        long loose = Files.exists(path) ? Files.size(path) - kept.bytes() : 0;
        if (mark != null && kept.bytes() < mark.bytes()) {
            long lost = mark.count() - kept.count();
            return new ReadingsTail(kept, loose, lost, lost + " readings can no longer be read");
        }
        if (!asWritten) {
            return new ReadingsTail(kept, loose, 1, "the readings are not what was written");
        }
        return new ReadingsTail(
                kept,
                loose,
                loose > 0 ? 1 : 0,
                loose > 0 ? "a torn last reading of " + loose + " bytes was cut off" : null);
    }

    private static boolean placed(ReadingDecoder decoder, byte[] frame, Tail tail) {
        try {
            return decoder.unpack(frame).seq() <= tail.seq();
        } catch (IOException e) {
            return false;
        }
    }

    private static Frames first(Path path, long count) throws IOException {
        try (Frames frames = new Frames(path)) {
            while (frames.count() < count && frames.next() != null) {
                // only to count and digest them
            }
            return frames;
        }
    }
}
