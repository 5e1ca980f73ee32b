// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract;

import io.jenkins.plugins.releaseguard.Seeds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Plain-text DEP- entries, read and linted: a contract or a {@link ContractException}, nothing else. */
public final class ContractTextFuzz {
    private ContractTextFuzz() {}

    public static void fuzzerInitialize() throws IOException {
        Seeds.warmUp(ContractTextFuzz.class, ContractTextFuzz::accepts);
    }

    public static void fuzzerTestOneInput(byte[] input) {
        accepts(input);
    }

    /** Whether it is a contract. */
    public static boolean accepts(byte[] input) {
        return ContractYamlFuzz.contract(new String(input, StandardCharsets.UTF_8), "release.md");
    }
}
