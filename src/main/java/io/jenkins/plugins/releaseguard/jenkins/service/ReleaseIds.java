// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.service;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Ids of releases: safe as names of folders and in addresses, in the order of time. */
@Restricted(NoExternalUse.class)
public final class ReleaseIds {
    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,80}");
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int LONGEST = 40;

    private ReleaseIds() {}

    static String next(String service) {
        byte[] bytes = new byte[3];
        RANDOM.nextBytes(bytes);
        String name =
                service.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        String shown = name.substring(0, Math.min(LONGEST, name.length()));
        return (shown.isEmpty() ? "release" : shown) + "-" + STAMP.format(Instant.now()) + "-"
                + HexFormat.of().formatHex(bytes);
    }

    public static boolean valid(String id) {
        return id != null && ID.matcher(id).matches();
    }
}
