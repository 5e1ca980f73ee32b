// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract;

import io.jenkins.plugins.releaseguard.Beta;
import java.time.Duration;
import java.util.List;

/** What is released. {@code objective} is the time a rollback may take, detection included (60 s by default). */
@Beta
public record Release(
        String service,
        String version,
        String commit,
        List<Artifact> artifacts,
        String scope,
        List<String> includes,
        String owner,
        String author,
        Duration objective,
        ChangeImpact change,
        Position at) {
    public Release(
            String service,
            String version,
            String commit,
            List<Artifact> artifacts,
            String scope,
            List<String> includes,
            String owner,
            String author,
            Duration objective,
            Position at) {
        this(service, version, commit, artifacts, scope, includes, owner, author, objective, ChangeImpact.UNKNOWN, at);
    }
}
