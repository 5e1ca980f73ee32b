// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract;

import io.jenkins.plugins.releaseguard.Seeds;
import io.jenkins.plugins.releaseguard.catalog.Catalog;
import io.jenkins.plugins.releaseguard.contract.read.Variables;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The contract in YAML, read and linted: a contract or a {@link ContractException}, nothing else. */
public final class ContractYamlFuzz {
    private ContractYamlFuzz() {}

    public static void fuzzerInitialize() throws IOException {
        Seeds.warmUp(ContractYamlFuzz.class, ContractYamlFuzz::accepts);
    }

    public static void fuzzerTestOneInput(byte[] input) {
        accepts(input);
    }

    /** Whether it is a contract. */
    public static boolean accepts(byte[] input) {
        return contract(new String(input, StandardCharsets.UTF_8), "release.yaml");
    }

    static boolean contract(String text, String name) {
        try {
            Catalog.STANDARD.lint(
                    Catalog.STANDARD.reader().parse(text, name, Variables.unresolved(Map.of("VERSION", "1.2.3"))));
            return true;
        } catch (ContractException e) {
            Refusal.check(e);
            return false;
        }
    }
}
