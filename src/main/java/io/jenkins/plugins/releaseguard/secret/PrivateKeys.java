// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.secret;

/** Private keys in PEM (RFC 7468), OpenPGP armour (RFC 9580) and PuTTY's format, also where line breaks are written as escapes. */
final class PrivateKeys {
    private static final String BEGIN = "-----BEGIN ";
    private static final String PRIVATE = "PRIVATE KEY";
    private static final String PUTTY = "Private-Lines: ";
    private static final int LONGEST_LABEL = 60;
    private static final int NEAR = 400;
    private static final int LEAST_BODY = 24;

    private PrivateKeys() {}

    static void scan(String text, SecretSpans out) {
        for (int at = text.indexOf(BEGIN); at >= 0; at = text.indexOf(BEGIN, at + BEGIN.length())) {
            int label = at + BEGIN.length();
            int end = text.indexOf("-----", label);
            if (end < 0) {
                return;
            }
            if (end - label <= LONGEST_LABEL && text.substring(label, end).contains(PRIVATE)) {
                int body = body(text, end + 5);
                if (body > 0) {
                    out.add("a private key", true, at, body);
                }
            }
        }
        for (int at = text.indexOf(PUTTY); at >= 0; at = text.indexOf(PUTTY, at + PUTTY.length())) {
            int lines = Alphabet.ALNUM.end(text, at + PUTTY.length(), 4);
            int body = body(text, lines);
            if (body > 0) {
                out.add("a private key", true, at, body);
            }
        }
    }

    /** The end of the first line of the key itself, 0 where only its name is spoken of. */
    private static int body(String text, int from) {
        int last = Math.min(text.length(), from + NEAR);
        if (from < last && !isBreak(text.charAt(from))) {
            return 0;
        }
        for (int at = from; at < last; at++) {
            int end = Alphabet.BASE64.end(text, at, NEAR);
            // the letter of an escaped break may stand before it
            if (end - at >= LEAST_BODY && !SecretValue.isMadeUp(text.substring(at, end))) {
                return end;
            }
            if (at == from + 1 && text.charAt(from) == ' ') {
                return 0;
            }
            at = end;
        }
        return 0;
    }

    private static boolean isBreak(char c) {
        return c == '\n' || c == '\r' || c == '\\' || c == ' ';
    }
}
