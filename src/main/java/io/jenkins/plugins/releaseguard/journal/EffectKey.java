// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.journal;

/**
 * The idempotency key of a side effect: the same wish has the same key, also after a restart. As text it stands in the journal;
 * its numbers count from 0, and a negative one would not be read back.
 *
 * @param name the entry of a validation or a probe, or the occasion of a call; all of the text where nothing else is known of it
 * @param index of the phase, of the procedure's action, or of the interval in which a validation is tried
 * @param drift how often the phase's weight had been changed by others
 * @param attempt how often it was tried before
 */
public record EffectKey(Kind kind, String name, int index, int drift, int attempt) {
    /** What a key is for. */
    public enum Kind {
        /** Traffic to a phase's weight. */
        SHIFT("shift"),
        /** A phase's Pipeline body. */
        BODY("body"),
        /** Traffic, or the body's, back to the last good version. */
        BACK("back"),
        /** An action of a rollback procedure. */
        ACTION("action"),
        VALIDATE("validate"),
        PROBE("probe"),
        LOOK("look"),
        /** A reading of the router. */
        READ("read"),
        /** A call for people. */
        CALL("call"),
        /** The baseline's levels before the deployment. */
        CAPTURE("capture"),
        /** A key of another version. */
        OTHER("");

        private final String word;

        Kind(String word) {
            this.word = word;
        }
    }

    public static final EffectKey LOOK = of(Kind.LOOK);
    public static final EffectKey READ = of(Kind.READ);
    public static final EffectKey CAPTURE = of(Kind.CAPTURE);

    private static final String NUMBER = "(0|[1-9][0-9]{0,8})";

    public static EffectKey shift(int phase, int drift, int attempt) {
        return new EffectKey(Kind.SHIFT, "", phase, drift, attempt);
    }

    public static EffectKey body(int phase) {
        return new EffectKey(Kind.BODY, "", phase, 0, 0);
    }

    public static EffectKey back(int attempt) {
        return new EffectKey(Kind.BACK, "", 0, 0, attempt);
    }

    public static EffectKey action(int index) {
        return new EffectKey(Kind.ACTION, "", index, 0, 0);
    }

    public static EffectKey validate(String entry, int interval) {
        return new EffectKey(Kind.VALIDATE, entry, interval, 0, 0);
    }

    public static EffectKey probe(String entry) {
        return new EffectKey(Kind.PROBE, entry, 0, 0, 0);
    }

    public static EffectKey call(String occasion, int attempt) {
        return new EffectKey(Kind.CALL, occasion, 0, 0, attempt);
    }

    private static EffectKey of(Kind kind) {
        return new EffectKey(kind, "", 0, 0, 0);
    }

    /** Whether it is tried under ever new attempts, for days if need be, until it is done. */
    public boolean isEndless() {
        return kind == Kind.BACK || kind == Kind.CALL;
    }

    /** The same wish at an earlier or later attempt. */
    public EffectKey at(int otherAttempt) {
        return new EffectKey(kind, name, index, drift, otherAttempt);
    }

    /** Never fails: a text that no key of this version has is kept as it stands, and none (null) is empty. */
    public static EffectKey parse(String key) {
        String text = key == null ? "" : key;
        for (Kind kind : Kind.values()) {
            if (kind != Kind.OTHER && (text.equals(kind.word) || text.startsWith(kind.word + "-"))) {
                EffectKey known = parse(kind, text.substring(Math.min(text.length(), kind.word.length() + 1)));
                if (known != null && known.toString().equals(text)) {
                    return known;
                }
            }
        }
        return new EffectKey(Kind.OTHER, text, 0, 0, 0);
    }

    /** Null where the rest isn't such a key's. */
    private static EffectKey parse(Kind kind, String rest) {
        return switch (kind) {
            case SHIFT -> {
                String[] numbers = rest.split("-", -1);
                yield rest.matches(NUMBER + "-" + NUMBER + "-" + NUMBER)
                        ? shift(
                                Integer.parseInt(numbers[0]),
                                Integer.parseInt(numbers[1]),
                                Integer.parseInt(numbers[2]))
                        : null;
            }
            case BODY -> rest.matches(NUMBER) ? body(Integer.parseInt(rest)) : null;
            case BACK -> rest.matches(NUMBER) ? back(Integer.parseInt(rest)) : null;
            case ACTION -> rest.matches(NUMBER) ? action(Integer.parseInt(rest)) : null;
            case VALIDATE -> {
                int dash = rest.lastIndexOf('-');
                yield dash >= 0 && rest.substring(dash + 1).matches(NUMBER)
                        ? validate(rest.substring(0, dash), Integer.parseInt(rest.substring(dash + 1)))
                        : null;
            }
            case CALL -> {
                int dash = rest.lastIndexOf('-');
                yield dash >= 0 && rest.substring(dash + 1).matches(NUMBER)
                        ? call(rest.substring(0, dash), Integer.parseInt(rest.substring(dash + 1)))
                        : null;
            }
            case PROBE -> probe(rest);
            case LOOK, READ, CAPTURE -> of(kind);
            case OTHER -> null;
        };
    }

    /** As it stands in the journal. */
    @Override
    public String toString() {
        return switch (kind) {
            case SHIFT -> kind.word + "-" + index + "-" + drift + "-" + attempt;
            case BODY, ACTION -> kind.word + "-" + index;
            case BACK -> kind.word + "-" + attempt;
            case VALIDATE -> kind.word + "-" + name + "-" + index;
            case CALL -> kind.word + "-" + name + "-" + attempt;
            case PROBE -> kind.word + "-" + name;
            case LOOK, READ, CAPTURE -> kind.word;
            case OTHER -> name;
        };
    }
}
