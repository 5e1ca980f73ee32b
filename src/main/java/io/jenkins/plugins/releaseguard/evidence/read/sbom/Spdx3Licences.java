// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.read.sbom;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.releaseguard.evidence.read.FormatException;
import io.jenkins.plugins.releaseguard.text.Lines;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Licences of SPDX 3.0 as expressions: those of the SimpleLicensing profile as they stand, sets and operators of the
 * ExpandedLicensing profile put together, licences of SPDX's list by their address ({@code https://spdx.org/licenses/MIT}), the
 * individuals for none and for no assertion ({@code NoneElement}, {@code NoneLicense} and their like), texts by their name. Anything
 * else that a relationship leads to is said as it stands, which is no licence that anybody knows.
 */
final class Spdx3Licences {
    private static final int DEEPEST = 20;
    private static final int LONGEST = 20_000;
    private static final int SAID = 120;
    private static final String OTHER = "LicenseRef-unknown";

    private final Map<String, String> texts = new HashMap<>();
    /** Sets and operators: their parts are read once all elements are there. */
    private final Map<String, JsonNode> compound = new HashMap<>();

    void element(String type, String id, JsonNode element) {
        switch (type) {
            case "simplelicensing_licenseexpression" -> texts.put(id, property(element, "licenseexpression"));
            case "simplelicensing_simplelicensingtext", "expandedlicensing_customlicense" ->
                texts.put(id, own(element));
            case "expandedlicensing_listedlicense" -> texts.put(id, address(id, element));
            case "expandedlicensing_conjunctivelicenseset",
                    "expandedlicensing_disjunctivelicenseset",
                    "expandedlicensing_orlateroperator",
                    "expandedlicensing_withadditionoperator" -> compound.put(id, element);
            case "expandedlicensing_listedlicenseexception" -> texts.put(id, address(id, element));
            default -> {}
        }
    }

    /** A licence that no list has: its name, if any, is none of the list's. */
    private static String own(JsonNode element) {
        String name = element.path("name").asText("").strip().replaceAll("[^A-Za-z0-9.]+", "-");
        String plain = name.substring(0, Math.min(name.length(), 64));
        return plain.isEmpty() ? OTHER : plain.startsWith("LicenseRef-") ? plain : "LicenseRef-" + plain;
    }

    /** A property whatever the spelling of its prefix. */
    private static String property(JsonNode element, String name) {
        for (Map.Entry<String, JsonNode> each : element.properties()) {
            String key = each.getKey().toLowerCase(Locale.ROOT);
            if (key.endsWith("_" + name) || key.endsWith("/" + name)) {
                return each.getValue().asText("");
            }
        }
        return "";
    }

    private static String address(String id, JsonNode element) {
        String listed = listed(id);
        return listed.isEmpty() ? element.path("name").asText("") : listed;
    }

    private static String listed(String id) {
        int at = id.indexOf("spdx.org/licenses/");
        return at < 0 ? "" : id.substring(at + "spdx.org/licenses/".length());
    }

    /** The expressions that ids lead to, an empty one for none; all of them hold. */
    List<String> of(List<String> ids) throws FormatException {
        List<String> found = new ArrayList<>(ids.size());
        for (String id : ids) {
            String text = text(id, 0);
            if (text.length() > LONGEST) {
                throw new FormatException("no SPDX 3: a licence of more than " + LONGEST + " characters");
            }
            if (!found.contains(text)) {
                found.add(text.intern());
            }
        }
        return found;
    }

    private String text(String id, int depth) throws FormatException {
        String known = texts.get(id);
        if (known != null) {
            return known;
        }
        JsonNode set = compound.get(id);
        if (set != null) {
            if (depth >= DEEPEST) {
                throw new FormatException("no SPDX 3: licences nest deeper than " + DEEPEST);
            }
            return joined(set, depth + 1);
        }
        if (!listed(id).isEmpty()) {
            return listed(id);
        }
        String word = id.toLowerCase(Locale.ROOT);
        if (word.endsWith("noassertion")
                || word.endsWith("noassertionlicense")
                || word.endsWith("noassertionelement")) {
            return "NOASSERTION";
        }
        return word.endsWith("/none") || word.endsWith("nonelicense") || word.endsWith("noneelement")
                ? "NONE"
                // no expression, so that no pattern means it
                : "no licence '" + Lines.bounded(id, SAID) + "' in the document";
    }

    private String joined(JsonNode set, int depth) throws FormatException {
        String type = Spdx3Parts.first(set, "type", "@type").toLowerCase(Locale.ROOT);
        if (type.endsWith("orlateroperator")) {
            String licence = text(property(set, "subjectlicense"), depth);
            return licence.endsWith("-only") ? licence.replaceFirst("-only$", "-or-later") : licence + "+";
        }
        if (type.endsWith("withadditionoperator")) {
            return text(property(set, "subjectextendablelicense"), depth) + " WITH "
                    + text(property(set, "subjectaddition"), depth);
        }
        List<String> parts = new ArrayList<>();
        int length = 0;
        for (JsonNode member : members(set)) {
            parts.add(text(member.asText(""), depth));
            length += parts.get(parts.size() - 1).length();
            if (length > LONGEST) {
                throw new FormatException("no SPDX 3: a licence of more than " + LONGEST + " characters");
            }
        }
        return parts.isEmpty()
                ? OTHER
                : "(" + String.join(type.endsWith("disjunctivelicenseset") ? " OR " : " AND ", parts) + ")";
    }

    private static Iterable<JsonNode> members(JsonNode set) {
        for (Map.Entry<String, JsonNode> each : set.properties()) {
            if (each.getKey().toLowerCase(Locale.ROOT).endsWith("_member")) {
                return each.getValue();
            }
        }
        return List.of();
    }
}
