// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.check.source;

import io.jenkins.plugins.releaseguard.contract.Release;
import io.jenkins.plugins.releaseguard.contract.Settings;
import io.jenkins.plugins.releaseguard.evidence.CheckContext;
import io.jenkins.plugins.releaseguard.evidence.ReleaseDigest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** What commands get to know, as environment variables. */
final class CheckVariables {
    private CheckVariables() {}

    /** The release's facts and the check's own {@code env}, which cannot replace them. */
    static Map<String, String> of(Settings settings, CheckContext context) {
        Map<String, String> variables = settings.declares("env") ? settings.map("env") : new LinkedHashMap<>();
        Release release = context.contract().release();
        variables.put("RELEASE_SERVICE", release.service());
        variables.put("RELEASE_VERSION", release.version());
        variables.put("RELEASE_COMMIT", release.commit());
        variables.put("RELEASE_ENVIRONMENT", context.environment());
        variables.put("RELEASE_DIGEST", ReleaseDigest.of(release));
        variables.values().removeIf(Objects::isNull);
        return variables;
    }
}
