// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.lint;

import io.jenkins.plugins.releaseguard.contract.Contract;
import io.jenkins.plugins.releaseguard.contract.ContractException;
import io.jenkins.plugins.releaseguard.contract.Problem;
import io.jenkins.plugins.releaseguard.contract.Severity;
import io.jenkins.plugins.releaseguard.contract.read.ContractReader;
import io.jenkins.plugins.releaseguard.contract.read.Variables;
import java.nio.file.Path;
import java.util.List;

/** What lint found in one file. */
public record LintResult(String file, List<Problem> problems) {
    /** Reads and checks a file; what keeps it from being read is among the problems. */
    public static LintResult of(Path file, Variables variables, ContractReader reader) {
        String name = file.toString();
        try {
            Contract contract = reader.read(file, variables);
            return new LintResult(name, Lint.check(contract, reader.catalog()));
        } catch (ContractException e) {
            return new LintResult(name, e.problems());
        }
    }

    /** The same with a text that is no file; it may include nothing. */
    public static LintResult of(String text, String name, Variables variables, ContractReader reader) {
        try {
            return new LintResult(name, Lint.check(reader.parse(text, name, variables), reader.catalog()));
        } catch (ContractException e) {
            return new LintResult(name, e.problems());
        }
    }

    public long count(Severity severity) {
        return problems.stream().filter(p -> p.severity() == severity).count();
    }

    public boolean hasErrors() {
        return count(Severity.ERROR) > 0;
    }
}
