// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.secret;

import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/** Every way in which a program may write a secret, as bytes (Latin-1 characters stand for them). */
final class MaskForms {
    private static final int LEAST_LINE = 8;
    private static final String SHELL = "|&;<>()$`\\\"' \t*?[]#~=%!{}^,";
    private static final String RESERVED = ";,/?:@&=+$#";
    private static final String MARKS = "-_.!~*'()";

    private final Set<String> forms = new LinkedHashSet<>();

    private MaskForms() {}

    /** None for a value that is shorter than {@link Mask#LEAST}. */
    static Set<String> of(String secret) {
        MaskForms all = new MaskForms();
        all.whole(secret);
        String stripped = secret.strip();
        all.whole(stripped);
        if (stripped.indexOf('\n') >= 0) {
            // programs print lines of their own, indented and with marks before them
            stripped.lines()
                    .map(String::strip)
                    .filter(line -> line.length() >= LEAST_LINE)
                    .forEach(all::whole);
        }
        return all.forms;
    }

    private void whole(String secret) {
        if (secret.length() < Mask.LEAST) {
            return;
        }
        texts(secret);
        bytes(secret.getBytes(StandardCharsets.UTF_8));
        // what PowerShell takes as -EncodedCommand
        base64(secret.getBytes(StandardCharsets.UTF_16LE));
        if (StandardCharsets.ISO_8859_1.newEncoder().canEncode(secret)) {
            add(secret, StandardCharsets.ISO_8859_1);
        }
    }

    private void texts(String secret) {
        add(secret);
        String json = json(secret, false, false);
        add(json);
        add(json(secret, true, false));
        add(json(secret, true, true));
        add(json.replace("/", "\\/"));
        // JSON in JSON
        add(json(json, false, false));
        for (String of : List.of("<>&'", "<>&")) {
            add(each(json, c -> of.indexOf(c) >= 0 ? String.format(Locale.ROOT, "\\u%04x", c) : null));
        }
        url(secret);
        url(json);
        markup(secret);
        shell(secret);
    }

    private void bytes(byte[] bytes) {
        base64(bytes);
        for (HexFormat hex : List.of(
                HexFormat.of(),
                HexFormat.ofDelimiter(":"),
                HexFormat.ofDelimiter(" "),
                HexFormat.of().withPrefix("\\x"),
                HexFormat.of().withPrefix("%"))) {
            add(hex.formatHex(bytes));
            add(hex.withUpperCase().formatHex(bytes));
        }
    }

    /** Wherever it begins among the three bytes that make four characters, as after {@code user:}. */
    private void base64(byte[] bytes) {
        String whole = Base64.getEncoder().encodeToString(bytes);
        alphabets(whole);
        for (int before = 0; before < 3; before++) {
            byte[] shifted = new byte[before + bytes.length];
            System.arraycopy(bytes, 0, shifted, before, bytes.length);
            String encoded = Base64.getEncoder().withoutPadding().encodeToString(shifted);
            // characters that hold bits of what stands before or after are no part of it
            int from = (before * 8 + 5) / 6;
            int to = shifted.length * 8 / 6;
            if (to - from >= Mask.LEAST) {
                alphabets(encoded.substring(from, to));
            }
        }
    }

    private void alphabets(String base64) {
        add(base64);
        add(base64.replace('+', '-').replace('/', '_'));
        String url = base64.replace("+", "%2B").replace("/", "%2F").replace("=", "%3D");
        add(url);
        add(url.replace("%2B", "%2b").replace("%2F", "%2f").replace("%3D", "%3d"));
    }

    private void url(String secret) {
        String form = URLEncoder.encode(secret, StandardCharsets.UTF_8);
        for (String one : List.of(
                form,
                form.replace("+", "%20"),
                percent(secret, "-_.~"),
                percent(secret, MARKS),
                percent(secret, MARKS + RESERVED))) {
            add(one);
            add(lowerEscapes(one));
        }
    }

    private static String percent(String text, String kept) {
        StringBuilder out = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            out.append(
                    c < 128 && (Alphabet.ALNUM.has(c) || kept.indexOf(c) >= 0)
                            ? String.valueOf(c)
                            : String.format(Locale.ROOT, "%%%02X", (int) c));
        }
        return out.toString();
    }

    private static String lowerEscapes(String url) {
        StringBuilder out = new StringBuilder(url);
        for (int at = out.indexOf("%"); at >= 0 && at + 2 < out.length(); at = out.indexOf("%", at + 1)) {
            out.replace(at + 1, at + 3, out.substring(at + 1, at + 3).toLowerCase(Locale.ROOT));
        }
        return out.toString();
    }

    private void markup(String secret) {
        for (String quote : List.of("&#39;", "&apos;", "&#x27;", "'")) {
            for (String doubled : List.of("&quot;", "&#34;", "\"")) {
                String named = each(secret, c -> switch (c) {
                    case '&' -> "&amp;";
                    case '<' -> "&lt;";
                    case '>' -> "&gt;";
                    case '\'' -> quote;
                    case '"' -> doubled;
                    default -> null;
                });
                add(named);
                add(each(named, c -> c > 126 ? "&#" + c + ";" : null));
            }
        }
        add(each(secret, c -> c < 128 && Alphabet.ALNUM.has((char) c) ? null : "&#" + c + ";"));
        add(each(secret, c -> c < 128 && Alphabet.ALNUM.has((char) c) ? null : "&#x" + Integer.toHexString(c) + ";"));
    }

    private void shell(String secret) {
        add(secret.replace("'", "'\\''"));
        add(secret.replace("'", "'\"'\"'"));
        add(secret.replace("'", "''"));
        add(secret.replace("\\", "\\\\")
                .replace("'", "\\'")
                .replace("\n", "\\n")
                .replace("\t", "\\t"));
        add(each(secret, c -> "\\\"$`".indexOf(c) >= 0 ? "\\" + (char) c : null));
        add(each(secret, c -> "\\\"$`!".indexOf(c) >= 0 ? "\\" + (char) c : null));
        add(each(secret, c -> SHELL.indexOf(c) >= 0 ? "\\" + (char) c : null));
    }

    private static String json(String text, boolean ascii, boolean upper) {
        return each(text, c -> switch (c) {
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            case '\b' -> "\\b";
            case '\f' -> "\\f";
            default -> c < ' ' || ascii && c > 126 ? units(c, upper) : null;
        });
    }

    private static String units(int c, boolean upper) {
        return new String(Character.toChars(c))
                .chars()
                .mapToObj(unit -> String.format(Locale.ROOT, upper ? "\\u%04X" : "\\u%04x", unit))
                .collect(Collectors.joining());
    }

    /** Each code point by what stands for it, or itself for null. */
    private static String each(String text, IntFunction<String> by) {
        StringBuilder out = new StringBuilder();
        text.codePoints().forEach(c -> {
            String other = by.apply(c);
            if (other == null) {
                out.appendCodePoint(c);
            } else {
                out.append(other);
            }
        });
        return out.toString();
    }

    private void add(String form) {
        add(form, StandardCharsets.UTF_8);
    }

    private void add(String form, Charset charset) {
        if (form.length() >= Mask.LEAST) {
            forms.add(new String(form.getBytes(charset), StandardCharsets.ISO_8859_1));
        }
    }
}
