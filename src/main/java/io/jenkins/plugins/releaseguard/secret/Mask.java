// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.secret;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * Hides secrets that are known, as {@code ****}: as they are and as programs write them, in URLs, Base64 (both alphabets, wherever it
 * begins, so also of {@code user:secret}), JSON, XML and HTML, quoted for a shell, and in hexadecimal. A line break within does not
 * save them, nor does the end of a buffer; of a value of several lines each of 8 characters or more is hidden for itself. Values shorter
 * than {@link #LEAST} are not hidden: that would garble all text and hide nothing. What a program encrypts, packs or turns about isn't known.
 */
public final class Mask {
    /** The shortest value that is hidden, in characters. */
    public static final int LEAST = 4;

    /** Hides nothing. */
    public static final Mask NONE = of(Set.of());

    private final Set<String> secrets;
    private final ByteMatcher matcher;

    private Mask(Set<String> secrets) {
        this.secrets = secrets;
        Set<String> forms = new LinkedHashSet<>();
        secrets.forEach(secret -> forms.addAll(MaskForms.of(secret)));
        this.matcher = new ByteMatcher(forms);
    }

    /** @param secrets values; null, empty and blank ones are none */
    public static Mask of(Collection<String> secrets) {
        Set<String> known = new TreeSet<>();
        secrets.stream().filter(s -> s != null && !s.isBlank()).forEach(known::add);
        return new Mask(known);
    }

    /** This mask's secrets and more. */
    public Mask and(Collection<String> more) {
        Set<String> all = new TreeSet<>(secrets);
        more.stream().filter(s -> s != null && !s.isBlank()).forEach(all::add);
        return all.size() == secrets.size() ? this : new Mask(all);
    }

    /** @return the same text where it holds none */
    public String apply(String text) {
        if (text == null || matcher.isEmpty()) {
            return text;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        byte[] masked = apply(bytes);
        return masked == bytes ? text : new String(masked, StandardCharsets.UTF_8);
    }

    /** @return the same array where it holds none */
    public byte[] apply(byte[] bytes) {
        if (matcher.isEmpty()) {
            return bytes;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
        MaskedStream masked = new MaskedStream(out, matcher);
        try (masked) {
            masked.write(bytes, 0, bytes.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return masked.hasHidden() ? out.toByteArray() : bytes;
    }

    /**
     * A stream that passes on what is written to it, masked, as {@link #apply(byte[])} masks all of it at once, however it is divided. What
     * may be the beginning of a secret waits for what comes next; closing passes it on and closes {@code out}.
     */
    public OutputStream over(OutputStream out) {
        return new MaskedStream(out, matcher);
    }

    /** How many there are; a mask's text says no more. */
    @Override
    public String toString() {
        return "Mask of " + secrets.size();
    }
}
