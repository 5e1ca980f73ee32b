// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.carry;

import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The places that another tool fills in, as a contract fills them: by {@code $track}, {@code $window} or {@code ${NAME}}. */
final class Placeholders {
    /** Go templates and Argo: {@code {{ args.name }}}, {@code {{.window}}}. */
    static final Pattern BRACES = Pattern.compile("\\{\\{-?\\s*([^{}]{1,200}?)\\s*-?\\}\\}");

    /** Grafana, Keptn: {@code $__interval}, {@code $SERVICE}. */
    static final Pattern DOLLARS = Pattern.compile("\\$\\{?([A-Za-z_][A-Za-z0-9_.]*)(?::[a-z]+)?\\}?");

    private Placeholders() {}

    /**
     * @param known what stands for a name, null where nothing does
     * @return null where one has nothing that stands for it
     */
    static String fill(String text, Pattern places, Function<String, String> known) {
        Matcher m = places.matcher(text);
        StringBuilder out = new StringBuilder();
        int from = 0;
        while (m.find()) {
            String value = known.apply(m.group(1));
            if (value == null) {
                return null;
            }
            out.append(plain(text.substring(from, m.start()))).append(value);
            from = m.end();
        }
        return out.append(plain(text.substring(from))).toString();
    }

    /** What is no variable of ours is none in the contract either. */
    static String plain(String text) {
        return text.replace("${", "$${");
    }

    /** {@code service-name} as a build's variable. */
    static String variable(String name) {
        String upper =
                name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]+", "_").replaceAll("^_+|_+$", "");
        return "${" + (upper.isEmpty() || Character.isDigit(upper.charAt(0)) ? "ARG_" + upper : upper) + "}";
    }
}
