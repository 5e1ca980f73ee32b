// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.carry;

import io.jenkins.plugins.releaseguard.Seeds;
import io.jenkins.plugins.releaseguard.catalog.Catalog;
import io.jenkins.plugins.releaseguard.contract.Problem;
import io.jenkins.plugins.releaseguard.contract.Severity;
import io.jenkins.plugins.releaseguard.contract.lint.LintResult;
import io.jenkins.plugins.releaseguard.contract.read.Variables;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Others' files as a contract in which lint misses only what no file has, or an {@link UnreadableException}, nothing else. */
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
            List<Problem> wrong = lint.problems().stream()
                    .filter(p -> p.severity() == Severity.ERROR && !p.rule().endsWith("-PRESENT"))
                    // a file may itself call good what is bad: that is said, and not turned around
                    .filter(p -> !p.rule().equals("RG-METRIC-OUTCOME"))
                    .toList();
            if (!wrong.isEmpty()) {
                throw new IllegalStateException("what is written doesn't lint clean: " + wrong + "\n" + outcome.text());
            }
            return outcome.metrics() + outcome.phases() > 0;
        } catch (UnreadableException e) {
            return false;
        }
    }
}
