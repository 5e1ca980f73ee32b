// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.secret;

/** Addresses of any scheme that carry a password, {@code redis://:pw@host}, or a token in its place. */
final class SecretAddresses {
    private static final String PASSWORD = "an address with a password in it";
    private static final String TOKEN = "an address with a token in it";
    private static final String ORACLE = "jdbc:oracle:thin:";
    private static final int LONGEST = 1000;
    private static final int LEAST_TOKEN = 20;

    private SecretAddresses() {}

    static void scan(String text, SecretSpans out) {
        for (int at = text.indexOf("//"); at >= 0; at = text.indexOf("//", at + 2)) {
            if (isAddress(text, at)) {
                authority(text, at + 2, out);
            }
        }
        for (int at = text.indexOf(ORACLE); at >= 0; at = text.indexOf(ORACLE, at + 1)) {
            int user = at + ORACLE.length();
            String login = text.substring(user, end(text, user, true));
            int slash = login.indexOf('/');
            int host = login.indexOf('@');
            if (slash > 0 && slash < host && isPassword(login.substring(slash + 1, host))) {
                out.add(PASSWORD, true, user + slash + 1, user + host);
            }
        }
    }

    /** After a scheme's colon, or without one where a word begins, as in an .npmrc. */
    private static boolean isAddress(String text, int slashes) {
        if (slashes == 0 || " \t\n\"'".indexOf(text.charAt(slashes - 1)) >= 0) {
            return slashes + 2 < text.length() && Alphabet.ALNUM.has(text.charAt(slashes + 2));
        }
        return slashes > 1 && text.charAt(slashes - 1) == ':' && Alphabet.ALNUM.has(text.charAt(slashes - 2));
    }

    private static void authority(String text, int start, SecretSpans out) {
        String authority = text.substring(start, end(text, start, false));
        int host = authority.lastIndexOf('@');
        if (host < 0) {
            return;
        }
        int colon = authority.indexOf(':');
        if (colon >= 0 && colon < host) {
            if (isPassword(authority.substring(colon + 1, host))) {
                out.add(PASSWORD, true, start + colon + 1, start + host);
            }
            return;
        }
        String user = authority.substring(0, host);
        // Sentry's, which says where errors go and opens nothing
        boolean publicKey = authority.indexOf(".ingest.", host) > 0;
        if (user.length() >= LEAST_TOKEN
                && !publicKey
                && SecretValue.weigh(SecretName.TOKEN, user, '=') == SecretValue.CERTAIN) {
            out.add(TOKEN, true, start, start + host);
        }
    }

    /** Any text but a reference or a placeholder: what stands there is sent as a password. */
    private static boolean isPassword(String value) {
        return !value.isEmpty()
                && !SecretValue.isReference(value)
                && value.indexOf('{') < 0
                && !SecretValue.isPlaceholder(value);
    }

    private static int end(String text, int start, boolean slashes) {
        int end = start;
        while (end < text.length() && end - start < LONGEST && isInside(text.charAt(end), slashes)) {
            end++;
        }
        return end;
    }

    private static boolean isInside(char c, boolean slashes) {
        return c > ' ' && (slashes || c != '/') && "?#\"'`<>\\,".indexOf(c) < 0;
    }
}
