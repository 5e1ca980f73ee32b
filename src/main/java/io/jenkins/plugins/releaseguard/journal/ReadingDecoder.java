// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.journal;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Unpacks what {@link ReadingEncoder} packed, one after the other and from the first on. */
final class ReadingDecoder {
    private static final int KNOWN = ReadingEncoder.FRESH
            | ReadingEncoder.ROUTER
            | ReadingEncoder.WALL
            | ReadingEncoder.ASKED
            | ReadingEncoder.BEHIND;

    private final List<String> texts = new ArrayList<>();
    private final List<ReadingEncoder.Shape> shapes = new ArrayList<>();
    private boolean begun;
    private long after;
    private Instant at;
    private Instant to;

    /** The event; its {@code seq} is that of the line it follows. */
    Stamped unpack(byte[] frame) throws IOException {
        PackedIn in = new PackedIn(frame);
        int flags = in.oneByte();
        if ((flags & ~KNOWN) != 0) {
            throw new IOException("is of a later version");
        }
        if ((flags & ReadingEncoder.FRESH) != 0) {
            texts.clear();
            shapes.clear();
            after = 0;
            at = Instant.EPOCH;
            to = Instant.EPOCH;
        } else if (!begun) {
            throw new IOException("leans on what is not there");
        }
        begun = true;
        after += in.signed();
        at = in.time(at);
        Instant wall = (flags & ReadingEncoder.WALL) != 0 ? in.time(at) : at;
        Event event = (flags & ReadingEncoder.ROUTER) != 0 ? router(in, flags) : look(in);
        if (!in.ended()) {
            throw new IOException("holds more than an event");
        }
        return new Stamped(after, at, wall, event);
    }

    private Event.RouterRead router(PackedIn in, int flags) throws IOException {
        String key = text(in);
        double weight = number(in);
        double canaryRequests = number(in);
        double baselineRequests = number(in);
        double canarySessions = number(in);
        Boolean serving =
                switch (in.oneByte()) {
                    case 0 -> null;
                    case 1 -> false;
                    default -> true;
                };
        String error = text(in);
        Instant asked = (flags & ReadingEncoder.ASKED) != 0 ? in.time(at) : null;
        Event.Behind behind = (flags & ReadingEncoder.BEHIND) != 0
                ? new Event.Behind(text(in), text(in), text(in), text(in), text(in))
                : null;
        return new Event.RouterRead(
                key, weight, canaryRequests, baselineRequests, canarySessions, serving, error, asked, behind);
    }

    private static double number(PackedIn in) throws IOException {
        Double value = in.value();
        return value == null ? Double.NaN : value;
    }

    private Event.Looked look(PackedIn in) throws IOException {
        int phase = in.whole();
        Instant from = time(in);
        Instant until = time(in);
        String error = text(in);
        long count = in.number();
        if (count == 0) {
            return new Event.Looked(phase, from, until, null, error);
        }
        int size = in.size(count - 1);
        List<Event.Sample> samples = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            samples.add(sample(in));
        }
        return new Event.Looked(phase, from, until, samples, error);
    }

    private Instant time(PackedIn in) throws IOException {
        if (in.oneByte() == 0) {
            return null;
        }
        to = in.time(to);
        return to;
    }

    private Event.Sample sample(PackedIn in) throws IOException {
        ReadingEncoder.Shape shape = shape(in);
        return new Event.Sample(
                shape.metric(),
                in.value(),
                in.value(),
                in.value(),
                in.value(),
                values(in),
                values(in),
                quantiles(in, shape.canaryQuantiles()),
                quantiles(in, shape.baselineQuantiles()),
                shape.bounds(),
                values(in),
                values(in),
                text(in));
    }

    private ReadingEncoder.Shape shape(PackedIn in) throws IOException {
        long number = in.number();
        if (number >= 0 && number < shapes.size()) {
            return shapes.get((int) number);
        }
        if (number != shapes.size()) {
            throw unwritten();
        }
        String metric = text(in);
        ReadingEncoder.Shape shape = new ReadingEncoder.Shape(metric, values(in), names(in), names(in));
        shapes.add(shape);
        return shape;
    }

    private static Map<String, Double> quantiles(PackedIn in, List<String> names) throws IOException {
        if (names == null) {
            return null;
        }
        List<Double> values = new ArrayList<>(names.size());
        for (int i = 0; i < names.size(); i++) {
            values.add(in.value());
        }
        return ReadingEncoder.Shape.quantiles(names, values);
    }

    private static List<Double> values(PackedIn in) throws IOException {
        long count = in.number();
        if (count == 0) {
            return null;
        }
        int size = in.size(count - 1);
        List<Double> values = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            values.add(in.value());
        }
        return values;
    }

    private List<String> names(PackedIn in) throws IOException {
        long count = in.number();
        if (count == 0) {
            return null;
        }
        int size = in.size(count - 1);
        List<String> names = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            names.add(text(in));
        }
        return names;
    }

    private String text(PackedIn in) throws IOException {
        long code = in.number();
        if (code == 0) {
            return null;
        }
        if (code == 1) {
            String text = in.text();
            texts.add(text);
            return text;
        }
        if (code < 0 || code - 2 >= texts.size()) {
            throw unwritten();
        }
        return texts.get((int) (code - 2));
    }

    private static IOException unwritten() {
        return new IOException("names something that was not written before");
    }
}
