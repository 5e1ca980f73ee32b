// SPDX-License-Identifier: MIT
package org.example.releaseguard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** The proxy's log: a line a request, {@code 2026-11-01T12:00:00.123Z canary 200}. */
record AccessLog(List<Line> lines) {
    record Line(Instant at, String track, int status) {
        boolean isIn(Instant from, Instant to) {
            return at.isAfter(from) && !at.isAfter(to);
        }
    }

    static AccessLog of(Path folder) throws IOException {
        String text = Files.readString(folder.resolve("access.log"));
        // the last line may still be in the writing
        return new AccessLog(text.substring(0, text.lastIndexOf('\n') + 1)
                .lines()
                .map(line -> line.split(" "))
                .map(words -> new Line(Instant.parse(words[0]), words[1], Integer.parseInt(words[2])))
                .toList());
    }

    long requests(String track) {
        return lines.stream().filter(line -> line.track().equals(track)).count();
    }

    double requests(String track, Instant from, Instant to) {
        return lines.stream()
                .filter(line -> line.track().equals(track) && line.isIn(from, to))
                .count();
    }

    double errors(String track, Instant from, Instant to) {
        return lines.stream()
                .filter(line -> line.track().equals(track) && line.isIn(from, to) && line.status() >= 500)
                .count();
    }
}
