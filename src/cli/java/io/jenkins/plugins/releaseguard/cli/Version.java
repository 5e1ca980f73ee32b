// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli;

import picocli.CommandLine.IVersionProvider;

/** The version of this build, as the build's manifest has it. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = Main.class.getPackage().getImplementationVersion();
        return new String[] {"release-guard " + (version == null ? "(built from source)" : version)};
    }
}
