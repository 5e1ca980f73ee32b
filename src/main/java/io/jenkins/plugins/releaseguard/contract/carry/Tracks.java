// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.carry;

import io.jenkins.plugins.releaseguard.contract.carry.PromTokens.Selector;
import io.jenkins.plugins.releaseguard.contract.grammar.QueryText;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes each selector of a query tell the new version from the old one. */
final class Tracks {
    /** Stands where a file names what only the new version has in this one release, such as the hash of its pods. */
    static final char CANARY = '\uE000';

    /** The same of the old version. */
    static final char STABLE = '\uE001';

    private static final Pattern LITERAL = Pattern.compile("(\\w+)\\s*=~?\\s*[\"'`]canary[\"'`]");

    private static final Pattern MATCHER = Pattern.compile(
            "[A-Za-z_]\\w*\\s*(?:=~|!~|!=|=)\\s*(?:\"(?:[^\"\\\\]|\\\\.)*+\"|'(?:[^'\\\\]|\\\\.)*+'|`[^`]*+`)",
            Pattern.DOTALL);

    /** As long as a contract's query may be. */
    private static final int LONGEST = 16_384;

    private final String label;

    /** @param label of the series, with one value for each variant */
    Tracks(String label) {
        this.label = label;
    }

    /** @param query null where it is no PromQL, too long, or has a place to fill in that is no label's value */
    record Told(String query, boolean added) {}

    Told tell(String query) {
        if (query.length() > LONGEST || !new PromTokens(query).isWhole()) {
            return new Told(null, false);
        }
        StringBuilder out = new StringBuilder();
        int from = 0;
        boolean added = false;
        String own = label + "=\"$track\"";
        for (Selector selector : new PromTokens(query).selectors()) {
            List<String> matchers = new ArrayList<>();
            boolean told = selector.matchers().contains("$track");
            boolean literal = false;
            for (String matcher : new PromTokens(selector.matchers()).split(",")) {
                boolean hash = matcher.indexOf(CANARY) >= 0;
                if (!matcher.isEmpty() && !MATCHER.matcher(matcher).matches()) {
                    return new Told(null, false);
                }
                Matcher canary = LITERAL.matcher(matcher);
                if (!told && !literal && canary.matches()) {
                    matchers.add(canary.group(1) + "=\"$track\"");
                    literal = true;
                } else if (!matcher.isEmpty() && !hash) {
                    matchers.add(matcher);
                }
            }
            if (!told && !literal) {
                matchers.add(own);
                added = true;
            }
            out.append(query, from, selector.start()).append(selector.name());
            out.append('{').append(String.join(",", matchers)).append('}');
            from = selector.end();
        }
        out.append(query.substring(from));
        String whole = out.toString();
        if (!filledInValuesAlone(whole)) {
            return new Told(null, false);
        }
        return new Told(
                whole.indexOf(CANARY) < 0 && whole.indexOf(STABLE) < 0 && whole.contains("$track") ? whole : null,
                added);
    }

    /** Nowhere else does a contract fill a variable in. */
    private static boolean filledInValuesAlone(String query) {
        QueryText text = new QueryText(query);
        for (int at = query.indexOf("${"); at >= 0; at = query.indexOf("${", at + 2)) {
            boolean escaped = at > 0 && query.charAt(at - 1) == '$';
            if (!escaped && text.around(at) == null) {
                return false;
            }
        }
        return true;
    }
}
