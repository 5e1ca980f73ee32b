// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.report;

import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.JournalReader;
import io.jenkins.plugins.releaseguard.journal.Stamped;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The journal's events, to ask by type. */
record JournalFacts(List<Stamped> events) {

    /** An event of a known type with its place and times. */
    record Fact<T extends Event>(long seq, Instant at, Instant wall, T event) {}

    JournalFacts {
        events = List.copyOf(events);
    }

    /** Without the router's readings that no report tells of: one comes with every look. */
    static JournalFacts read(JournalReader journal) throws IOException {
        List<Stamped> events = new ArrayList<>();
        Stamped untold = null;
        for (Stamped event = journal.next(); event != null; event = journal.next()) {
            boolean told = !(event.event() instanceof Event.RouterRead read) || read.error() != null;
            untold = told ? null : event;
            if (told) {
                events.add(event);
            }
        }
        if (untold != null) {
            // the report goes as far as the journal does
            events.add(untold);
        }
        return new JournalFacts(events);
    }

    <T extends Event> List<Fact<T>> all(Class<T> type) {
        return events.stream()
                .filter(stamped -> type.isInstance(stamped.event()))
                .map(stamped -> new Fact<>(stamped.seq(), stamped.at(), stamped.wall(), type.cast(stamped.event())))
                .toList();
    }

    <T extends Event> Optional<Fact<T>> first(Class<T> type) {
        return all(type).stream().findFirst();
    }

    <T extends Event> Optional<Fact<T>> last(Class<T> type) {
        return all(type).stream().reduce((a, b) -> b);
    }

    Optional<Instant> start() {
        return events.stream().findFirst().map(Stamped::at);
    }

    Optional<Instant> end() {
        return events.isEmpty()
                ? Optional.empty()
                : Optional.of(events.get(events.size() - 1).at());
    }

    /** To the millisecond, which is as fine as anybody reads. */
    static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toMillis() / 1000.0;
    }

    static double millis(double seconds) {
        return Math.round(seconds * 1000) / 1000.0;
    }

    /** A number as a report may say it: null for unknown. */
    static Double known(Double value) {
        return value == null || !Double.isFinite(value) ? null : value;
    }

    static Double knownMillis(double value) {
        return Double.isFinite(value) ? (Double) millis(value) : null;
    }
}
