// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.secret;

import java.util.BitSet;

/** Sets of ASCII characters, by the letter that stands for them in {@link TokenForm}. */
enum Alphabet {
    DIGITS('d', "0-9"),
    HEX('h', "0-9a-f"),
    ANY_HEX('H', "0-9a-fA-F"),
    UPPER('u', "A-Z0-9"),
    LOWER('l', "a-z0-9"),
    ALNUM('a', "A-Za-z0-9"),
    WORD('w', "A-Za-z0-9_-"),
    BASE64('b', "A-Za-z0-9+/"),
    LOOSE('e', "A-Za-z0-9_.=-"),
    AZURE('z', "A-Za-z0-9_.~-");

    private final char letter;
    private final BitSet members = new BitSet(128);

    Alphabet(char letter, String ranges) {
        this.letter = letter;
        for (int i = 0; i < ranges.length(); i++) {
            boolean range = i + 2 < ranges.length() && ranges.charAt(i + 1) == '-';
            members.set(ranges.charAt(i), ranges.charAt(range ? i + 2 : i) + 1);
            i += range ? 2 : 0;
        }
    }

    static Alphabet of(char letter) {
        for (Alphabet one : values()) {
            if (one.letter == letter) {
                return one;
            }
        }
        throw new IllegalArgumentException("no alphabet '" + letter + "'");
    }

    boolean has(char c) {
        return members.get(c);
    }

    /** Where the run of members that begins at a place ends, at most so far on. */
    int end(CharSequence text, int from, int most) {
        int end = from;
        while (end < text.length() && end - from < most && has(text.charAt(end))) {
            end++;
        }
        return end;
    }
}
