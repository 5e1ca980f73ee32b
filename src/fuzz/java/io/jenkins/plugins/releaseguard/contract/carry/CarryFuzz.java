// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.carry;

import io.jenkins.plugins.releaseguard.Seeds;
import io.jenkins.plugins.releaseguard.catalog.Catalog;
import io.jenkins.plugins.releaseguard.contract.lint.LintResult;
import io.jenkins.plugins.releaseguard.contract.read.Variables;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Others' files as a contract: one whose YAML reads, or an {@link UnreadableException}, nothing else. */
public final class CarryFuzz {
    private CarryFuzz() {}

    public static void fuzzerInitialize() throws IOException {
        Seeds.warmUp(CarryFuzz.class, CarryFuzz::accepts);
    }

    public static void fuzzerTestOneInput(byte[] input) {
        accepts(input);
    }

    /** Whether anything of it was carried over. */
    public static boolean accepts(byte[] input) {
        try {
            Carry.Outcome outcome = Carry.over(
                    Map.of("in", new String(input, StandardCharsets.UTF_8)),
                    new Carry.Settings("", "team", "prometheus", "", "track"));
            LintResult lint =
                    LintResult.of(outcome.text(), "out", Variables.unresolved(Map.of()), Catalog.STANDARD.reader());
            if (lint.problems().stream()
                    .anyMatch(p -> p.rule().equals("RG-YAML")
                            || p.rule().equals("RG-UNKNOWN-KEY")
                            || p.rule().equals("RG-THRESHOLD"))) {
                throw new IllegalStateException("what is written can't be read: " + lint.problems());
            }
            return outcome.metrics() + outcome.phases() > 0;
        } catch (UnreadableException e) {
            return false;
        }
    }
}
