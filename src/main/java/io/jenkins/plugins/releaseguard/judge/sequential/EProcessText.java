// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge.sequential;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.releaseguard.judge.sequential.EProcess.Side;
import io.jenkins.plugins.releaseguard.text.Pack;

/** An e-process as it is written: its numbers alone, one behind the other. Earlier versions wrote an object with names. */
final class EProcessText {
    private static final int UP = 1;
    private static final int DOWN = 2;
    private static final int WAITS = 4;

    private EProcessText() {}

    static String of(EProcess s) {
        Pack to = new Pack()
                .count((s.up() == null ? 0 : UP) | (s.down() == null ? 0 : DOWN) | (s.waits() == null ? 0 : WAITS));
        pack(to, s.up());
        pack(to, s.down());
        Capital.pack(to, s.ladder());
        Capital.pack(to, s.rates());
        to.count(s.looks());
        s.sums().pack(to);
        if (s.waits() != null) {
            s.waits().pack(to);
        }
        return to.text();
    }

    private static void pack(Pack to, Side side) {
        if (side != null) {
            Capital.pack(to, side.harm());
            to.floats(side.reserve(), side.recent());
            Capital.pack(to, side.proof());
        }
    }

    static EProcess read(JsonNode node) {
        return node.isTextual() ? packed(new Pack.Reader(node.textValue())) : named(node);
    }

    private static EProcess packed(Pack.Reader from) {
        int has = from.count();
        return new EProcess(
                (has & UP) == 0 ? null : side(from),
                (has & DOWN) == 0 ? null : side(from),
                Capital.packed(from),
                Capital.packed(from),
                from.count(),
                PhaseSums.packed(from),
                (has & WAITS) == 0 ? null : Block.packed(from));
    }

    private static Side side(Pack.Reader from) {
        Capital harm = Capital.packed(from);
        float[] rest = from.floats();
        return new Side(harm, rest[0], rest[1], Capital.packed(from));
    }

    private static EProcess named(JsonNode node) {
        return new EProcess(
                side(node.path("up")),
                side(node.path("down")),
                capital(node.path("ladder")),
                capital(either(node, "x", "rates")),
                node.path("looks").asInt(),
                PhaseSums.read(node.path("sums")),
                node.hasNonNull("waits") ? Block.read(node.path("waits").textValue()) : null);
    }

    private static Side side(JsonNode node) {
        return node.isObject()
                ? new Side(
                        capital(node.path("harm")),
                        (float) either(node, "r", "reserve").asDouble(),
                        (float) either(node, "c", "recent").asDouble(),
                        capital(either(node, "p", "proof")))
                : null;
    }

    private static JsonNode either(JsonNode node, String name, String earlier) {
        return node.has(name) ? node.path(name) : node.path(earlier);
    }

    private static Capital capital(JsonNode node) {
        return node.isMissingNode() || node.isNull() ? null : Capital.read(node);
    }
}
