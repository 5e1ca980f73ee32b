// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.read;

import java.util.Locale;
import java.util.Set;

/** The fields of SARIF 2.1.0 that are read. Of property bags (3.8) these are tags, the security severity and weaknesses. */
final class SarifFields {
    /** Values of one result, and of a tool with all its rules. */
    private static final long MOST_OF_RESULT = 20_000;

    private static final long MOST_OF_TOOL = 2_000_000;

    private static final Set<String> KNOWN = Set.of(
            "driver",
            "extensions",
            "name",
            "guid",
            "id",
            "index",
            "rules",
            "rule",
            "ruleId",
            "ruleIndex",
            "taxa",
            "defaultConfiguration",
            "configuration",
            "level",
            "relationships",
            "target",
            "toolComponent",
            "properties",
            "tags",
            "security-severity",
            "executionSuccessful",
            "exitCode",
            "exitSignalName",
            "processStartFailureMessage",
            "toolExecutionNotifications",
            "toolConfigurationNotifications",
            "notifications",
            "ruleConfigurationOverrides",
            "notificationConfigurationOverrides",
            "descriptor",
            "startTimeUtc",
            "endTimeUtc",
            "message",
            "text",
            "arguments",
            "kind",
            "baselineState",
            "suppressions",
            "status",
            "locations",
            "physicalLocation",
            "artifactLocation",
            "location",
            "uri",
            "region",
            "startLine",
            "snippet",
            "fingerprints",
            "partialFingerprints",
            "provenance",
            "invocationIndex",
            "results",
            "invocations");

    private SarifFields() {}

    /** Reads a result, or a part of one. */
    static KeptJson result() {
        return new KeptJson(SarifFields::isKept, SarifFields::isWhole, MOST_OF_RESULT);
    }

    /** Reads a tool, its invocations or taxonomies. */
    static KeptJson tool() {
        return new KeptJson(SarifFields::isKept, SarifFields::isWhole, MOST_OF_TOOL);
    }

    private static boolean isKept(String field) {
        return KNOWN.contains(field) || field.toLowerCase(Locale.ROOT).startsWith("cwe");
    }

    private static boolean isWhole(String field) {
        return field.equals("fingerprints") || field.equals("partialFingerprints");
    }
}
