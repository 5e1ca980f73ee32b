// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.schema;

import io.jenkins.plugins.releaseguard.Beta;

/** What of the contract a field names; lint holds it to being there. */
@Beta
public enum Reference {
    /** The id of a metric. */
    METRIC,
    /** The id of a metric that has an objective. */
    OBJECTIVE,
    /** The name of an environment. */
    ENVIRONMENT
}
