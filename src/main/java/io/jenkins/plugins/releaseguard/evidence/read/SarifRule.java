// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.read;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.TreeSet;

/**
 * A rule as its component describes it (SARIF 2.1.0, 3.49): the level of its default configuration (3.50.3), its security
 * severity, the number of CVSS from 0 to 10 that the property {@code security-severity} holds (NaN where there is none,
 * {@link #ODD} where it is no such number), and the weaknesses (CWE) that it finds.
 */
record SarifRule(String id, String guid, String level, double severity, boolean security, Set<Integer> cwes) {
    /** A severity that can't be read. */
    static final double ODD = Double.POSITIVE_INFINITY;

    static SarifRule of(JsonNode rule, JsonNode taxonomies) {
        Set<Integer> cwes = new TreeSet<>();
        JsonNode properties = rule.path("properties");
        Cwes.ofProperties(properties, cwes);
        for (JsonNode relation : rule.path("relationships")) {
            Cwes.ofTaxon(relation.path("target"), taxonomies, cwes);
        }
        boolean security = !cwes.isEmpty();
        boolean unscored = false;
        for (JsonNode tag : properties.path("tags")) {
            security |= tag.asText("").equalsIgnoreCase("security");
            unscored |= tag.asText("").equalsIgnoreCase("unknown");
        }
        double severity = severity(properties);
        return new SarifRule(
                rule.path("id").asText("").intern(),
                rule.path("guid").asText(""),
                rule.path("defaultConfiguration")
                        .path("level")
                        .asText("warning")
                        .intern(),
                // Trivy's for a vulnerability that nobody has scored yet
                unscored && severity == 0 ? ODD : severity,
                security,
                Set.copyOf(cwes));
    }

    /** The property {@code security-severity}, text or number, of a rule or a result. */
    static double severity(JsonNode properties) {
        JsonNode value = properties.path("security-severity");
        String text = value.asText("").strip();
        if (text.isEmpty()) {
            return Double.NaN;
        }
        try {
            double number = Double.parseDouble(text);
            return number >= 0 && number <= 10 ? number : ODD;
        } catch (NumberFormatException e) {
            return ODD;
        }
    }

    boolean isScored() {
        return !Double.isNaN(severity);
    }

    /** Of two with one id, which the standard forbids, the one with the worse level. */
    static SarifRule worse(SarifRule a, SarifRule b) {
        return SarifLevel.rank(b.level) > SarifLevel.rank(a.level) ? b : a;
    }
}
