// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.text;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;

/**
 * Paths of addresses that stay below where they begin, whoever reads them: servers and proxies decode a path once, twice or not
 * at all, cut parameters off at a semicolon, and take a backslash for a slash.
 */
public final class UrlPath {
    private static final int DECODINGS = 5;

    private UrlPath() {}

    /**
     * What is wrong with a path.
     *
     * @param offset where its segment begins
     * @param text as a sentence's beginning
     */
    public record Fault(int offset, String text) {}

    /**
     * Null where every segment is a mere name.
     *
     * @param path as it is sent, up to {@code ?} or {@code #}; what follows is not looked at
     */
    public static Fault fault(String path) {
        int end = path.length();
        for (int i = 0; i < path.length(); i++) {
            if (path.charAt(i) == '?' || path.charAt(i) == '#') {
                end = i;
                break;
            }
        }
        int from = 0;
        for (int i = 0; i <= end; i++) {
            if (i == end || path.charAt(i) == '/') {
                String said = inSegment(path.substring(from, i));
                if (said != null) {
                    return new Fault(from, said);
                }
                from = i + 1;
            }
        }
        return null;
    }

    private static String inSegment(String segment) {
        String text = segment;
        for (int times = 0; times <= DECODINGS; times++) {
            String wrong = inDecoded(text, times > 0);
            if (wrong != null) {
                return wrong;
            }
            String decoded = text.indexOf('%') < 0 ? text : decode(text, times == 0);
            if (decoded == null) {
                return "the path has a % that encodes no text";
            }
            if (decoded.equals(text)) {
                return null;
            }
            text = decoded;
        }
        return "the path is encoded more than " + DECODINGS + " times";
    }

    private static String inDecoded(String text, boolean encoded) {
        // a wide dot or slash becomes a plain one where a server normalises
        String plain = Normalizer.normalize(text, Normalizer.Form.NFKC);
        String how = encoded ? "an encoded " : "a ";
        if (plain.indexOf('\\') >= 0) {
            return "the path has " + how + "backslash";
        }
        if (plain.indexOf('/') >= 0) {
            return "the path has " + how + "slash";
        }
        if (plain.indexOf(';') >= 0) {
            return "the path has " + how + "semicolon";
        }
        if (plain.chars().anyMatch(Character::isISOControl)) {
            return "the path has " + how + "control character";
        }
        String name = plain.strip();
        return !name.isEmpty() && name.chars().allMatch(c -> c == '.') ? "the path has a segment of dots" : null;
    }

    /**
     * Null where it is no encoding of UTF-8.
     *
     * @param strict a {@code %} without two hexadecimal digits is none either, and not itself
     */
    private static String decode(String text, boolean strict) {
        byte[] from = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer to = ByteBuffer.allocate(from.length);
        for (int i = 0; i < from.length; i++) {
            boolean sign = from[i] == '%';
            int high = sign && i + 2 < from.length ? Character.digit(from[i + 1], 16) : -1;
            int low = sign && i + 2 < from.length ? Character.digit(from[i + 2], 16) : -1;
            boolean encoded = high >= 0 && low >= 0;
            if (sign && !encoded && strict) {
                return null;
            }
            to.put(encoded ? (byte) (high * 16 + low) : from[i]);
            i += encoded ? 2 : 0;
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(to.flip()).toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }
}
