// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.journal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Looks and readings of the router, packed: what {@link ReadingDecoder} unpacks. Texts, and what stays the same from look to look
 * of a metric (its buckets' bounds, its quantiles' names), are written once and then named by their number.
 */
final class ReadingEncoder {
    static final int FRESH = 1;
    static final int ROUTER = 2;
    static final int WALL = 4;
    static final int ASKED = 8;
    static final int BEHIND = 16;

    /** A table that grows beyond begins anew: neither side must hold more. */
    static final int MOST = 4096;

    private final Map<String, Integer> texts = new HashMap<>();
    private final Map<Shape, Integer> shapes = new HashMap<>();
    private boolean fresh = true;
    private long after;
    private Instant at = Instant.EPOCH;
    private Instant to = Instant.EPOCH;

    /** What a metric's samples have in common. */
    record Shape(String metric, List<Double> bounds, List<String> canaryQuantiles, List<String> baselineQuantiles) {
        static Shape of(Event.Sample sample) {
            return new Shape(
                    sample.metric(),
                    sample.bounds(),
                    names(sample.canaryQuantiles()),
                    names(sample.baselineQuantiles()));
        }

        private static List<String> names(Map<String, Double> quantiles) {
            return quantiles == null ? null : List.copyOf(quantiles.keySet());
        }

        static Map<String, Double> quantiles(List<String> names, List<Double> values) {
            Map<String, Double> quantiles = new LinkedHashMap<>();
            for (int i = 0; i < names.size(); i++) {
                quantiles.put(names.get(i), values.get(i));
            }
            return quantiles;
        }
    }

    /** Whether the event is kept this way. */
    static boolean takes(Event event) {
        return event instanceof Event.Looked looked
                        && (looked.samples() == null
                                || looked.samples().stream().noneMatch(s -> s == null || unnamed(s)))
                || event instanceof Event.RouterRead;
    }

    private static boolean unnamed(Event.Sample sample) {
        return unnamed(sample.canaryQuantiles()) || unnamed(sample.baselineQuantiles());
    }

    private static boolean unnamed(Map<String, Double> quantiles) {
        return quantiles != null && quantiles.keySet().stream().anyMatch(Objects::isNull);
    }

    /** The next one is packed without knowledge of those before: after a reopening, or where the last one was not kept. */
    void begin() {
        fresh = true;
    }

    /** @param stamped its {@code seq} is that of the line it follows */
    byte[] pack(Stamped stamped) {
        boolean first = fresh || texts.size() > MOST || shapes.size() > MOST;
        if (first) {
            texts.clear();
            shapes.clear();
            after = 0;
            at = Instant.EPOCH;
            to = Instant.EPOCH;
        }
        fresh = false;
        boolean wall = !stamped.wall().equals(stamped.at());
        Event.RouterRead reading = stamped.event() instanceof Event.RouterRead read ? read : null;
        boolean asked = reading != null && reading.asked() != null;
        boolean behind = reading != null && reading.behind() != null;
        PackedOut out = new PackedOut();
        out.oneByte((first ? FRESH : 0)
                | (reading != null ? ROUTER : 0)
                | (wall ? WALL : 0)
                | (asked ? ASKED : 0)
                | (behind ? BEHIND : 0));
        out.signed(stamped.seq() - after);
        out.time(stamped.at(), at);
        if (wall) {
            out.time(stamped.wall(), stamped.at());
        }
        after = stamped.seq();
        at = stamped.at();
        if (reading != null) {
            router(out, reading);
            if (asked) {
                out.time(reading.asked(), at);
            }
            if (behind) {
                behind(out, reading.behind());
            }
        } else {
            look(out, (Event.Looked) stamped.event());
        }
        return out.bytes();
    }

    private void router(PackedOut out, Event.RouterRead read) {
        text(out, read.key());
        out.value(read.weight());
        out.value(read.canaryRequests());
        out.value(read.baselineRequests());
        out.value(read.canarySessions());
        out.oneByte(read.baselineServing() == null ? 0 : read.baselineServing() ? 2 : 1);
        text(out, read.error());
    }

    private void behind(PackedOut out, Event.Behind behind) {
        text(out, behind.set());
        text(out, behind.idle());
        text(out, behind.unfit());
        text(out, behind.process());
        text(out, behind.elsewhere());
    }

    private void look(PackedOut out, Event.Looked look) {
        out.signed(look.phase());
        time(out, look.from());
        time(out, look.to());
        text(out, look.error());
        if (look.samples() == null) {
            out.number(0);
            return;
        }
        out.number(look.samples().size() + 1L);
        look.samples().forEach(sample -> sample(out, sample));
    }

    private void time(PackedOut out, Instant time) {
        out.oneByte(time == null ? 0 : 1);
        if (time != null) {
            out.time(time, to);
            to = time;
        }
    }

    private void sample(PackedOut out, Event.Sample sample) {
        Shape shape = Shape.of(sample);
        Integer known = shapes.get(shape);
        out.number(known == null ? shapes.size() : known);
        if (known == null) {
            shapes.put(shape, shapes.size());
            text(out, shape.metric());
            values(out, shape.bounds());
            names(out, shape.canaryQuantiles());
            names(out, shape.baselineQuantiles());
        }
        out.value(sample.canaryErrors());
        out.value(sample.canaryTotal());
        out.value(sample.baselineErrors());
        out.value(sample.baselineTotal());
        values(out, sample.canaryValues());
        values(out, sample.baselineValues());
        quantiles(out, sample.canaryQuantiles());
        quantiles(out, sample.baselineQuantiles());
        values(out, sample.canaryBuckets());
        values(out, sample.baselineBuckets());
        text(out, sample.missing());
    }

    private static void quantiles(PackedOut out, Map<String, Double> quantiles) {
        if (quantiles != null) {
            new ArrayList<>(quantiles.values()).forEach(out::value);
        }
    }

    private static void values(PackedOut out, List<Double> values) {
        out.number(values == null ? 0 : values.size() + 1L);
        if (values != null) {
            values.forEach(out::value);
        }
    }

    private void names(PackedOut out, List<String> names) {
        out.number(names == null ? 0 : names.size() + 1L);
        if (names != null) {
            names.forEach(name -> text(out, name));
        }
    }

    private void text(PackedOut out, String text) {
        if (text == null) {
            out.number(0);
            return;
        }
        Integer known = texts.get(text);
        out.number(known == null ? 1 : known + 2L);
        if (known == null) {
            texts.put(text, texts.size());
            out.text(text);
        }
    }
}
