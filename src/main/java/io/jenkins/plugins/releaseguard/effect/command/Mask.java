// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.effect.command;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Hides secret values, also where they stand encoded for a URL or in Base64. */
final class Mask {
    private static final String STARS = "****";

    private final Set<String> secrets;
    private final List<String> forms;

    Mask(Collection<String> secrets) {
        this.secrets = new TreeSet<>(secrets);
        this.forms = this.secrets.stream()
                .filter(s -> !s.isBlank())
                .flatMap(s -> List.of(
                        s,
                        URLEncoder.encode(s, StandardCharsets.UTF_8),
                        base64(Base64.getEncoder(), s),
                        base64(Base64.getUrlEncoder(), s))
                        .stream())
                .distinct()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    Mask and(Collection<String> more) {
        Set<String> all = new TreeSet<>(secrets);
        all.addAll(more);
        return new Mask(all);
    }

    /** Characters of the longest form. */
    int longest() {
        return forms.stream().mapToInt(String::length).max().orElse(0);
    }

    Masked apply(String text) {
        String masked = text;
        for (String form : forms) {
            masked = masked.replace(form, STARS);
        }
        return new Masked(masked, longest());
    }

    private static String base64(Base64.Encoder encoder, String secret) {
        return encoder.withoutPadding().encodeToString(secret.getBytes(StandardCharsets.UTF_8));
    }

    /** Text without secrets. Where it was cut in front, up to {@code risky} characters may be the end of one. */
    record Masked(String text, int risky) {
        String tail(int length, boolean cut) {
            String safe = cut ? text.substring(Math.min(risky, text.length())) : text;
            return safe.length() <= length ? safe : safe.substring(safe.length() - length);
        }
    }
}
