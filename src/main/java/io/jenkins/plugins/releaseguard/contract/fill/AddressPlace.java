// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.fill;

import io.jenkins.plugins.releaseguard.contract.grammar.ReadRule;
import io.jenkins.plugins.releaseguard.contract.grammar.SyntaxProblem;
import io.jenkins.plugins.releaseguard.text.UrlPath;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An address, or the path below an endpoint: a value is percent-encoded, and is one segment or a part of the query. */
final class AddressPlace implements PlaceRule {
    private static final int MOST = 2000;
    private static final Pattern ORIGIN = Pattern.compile("[hH][tT][tT][pP][sS]?://[^/?#\\\\$]*+(?=[/?#])");

    private final boolean whole;

    /** @param whole with scheme and host before the path */
    AddressPlace(boolean whole) {
        this.whole = whole;
    }

    @Override
    public Slot slot(String text, int from, int to) throws SyntaxProblem {
        String written = text.substring(from, to);
        Matcher origin = ORIGIN.matcher(text);
        if (whole && !(origin.lookingAt() && origin.end() <= from)) {
            throw new SyntaxProblem(
                    from,
                    written + " would say which host is called",
                    "write scheme and host out, or have an administrator set an endpoint up and name its id");
        }
        String before = text.substring(0, from);
        boolean inPath = before.indexOf('?') < 0 && before.indexOf('#') < 0;
        if (before.matches("(?s).*%[0-9A-Fa-f]?")) {
            throw new SyntaxProblem(
                    from, "the value would be a part of the % before it", "take out the % before " + written);
        }
        return value -> {
            if (inPath && (value.isEmpty() || value.chars().anyMatch(AddressPlace::leavesSegment))) {
                throw new SyntaxProblem(
                        from,
                        "the value of " + written
                                + (value.isEmpty() ? " is empty" : " holds / or \\ or ; or a control character")
                                + ", so that it is not one segment of the path",
                        "fill in a name without them, or give the value in the query: ?name=" + written);
            }
            return encoded(value);
        };
    }

    private static boolean leavesSegment(int c) {
        return c == '/' || c == '\\' || c == ';' || Character.isISOControl(c);
    }

    private static String encoded(String value) {
        StringBuilder out = new StringBuilder();
        for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
            boolean plain =
                    b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' || "-._~".indexOf(b) >= 0;
            out.append(plain ? String.valueOf((char) b) : String.format(Locale.ROOT, "%%%02X", b & 0xff));
        }
        return out.toString();
    }

    @Override
    public void check(String text) throws SyntaxProblem {
        Sizes.require(text, MOST, "an address");
        int path = 0;
        if (whole) {
            int host = text.indexOf("://");
            path = host < 0 ? text.length() : host + 3;
            while (path < text.length() && "/?#".indexOf(text.charAt(path)) < 0) {
                path++;
            }
            if (text.substring(0, path).indexOf('\\') >= 0) {
                throw new SyntaxProblem(0, "an address has no \\", "write / between its parts");
            }
        }
        UrlPath.Fault fault = UrlPath.fault(text.substring(path));
        if (fault != null) {
            throw new SyntaxProblem(
                    path + fault.offset(),
                    fault.text() + ", which can lead out of the path that was allowed",
                    "write the path with plain names between its slashes");
        }
    }

    @Override
    public ReadRule rule() {
        return ReadRule.ADDRESS;
    }
}
