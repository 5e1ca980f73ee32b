// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence;

import io.jenkins.plugins.releaseguard.Beta;
import java.io.IOException;
import java.util.Optional;

/** Test results that the build system keeps itself. */
@Beta
@FunctionalInterface
public interface BuildTests {
    /** Results of a build by name, empty string for this one; empty where it published none. */
    Optional<TestCounts> of(String build) throws IOException;
}
