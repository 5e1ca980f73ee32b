// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.policy;

import io.jenkins.plugins.releaseguard.contract.ContractException;
import io.jenkins.plugins.releaseguard.contract.EntryType;
import io.jenkins.plugins.releaseguard.contract.Position;
import io.jenkins.plugins.releaseguard.contract.grammar.Durations;
import io.jenkins.plugins.releaseguard.contract.policy.Policy;
import io.jenkins.plugins.releaseguard.contract.policy.Policy.RequiredApproval;
import io.jenkins.plugins.releaseguard.contract.policy.RequiredCheck;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Understands a policy as people write it. */
@Restricted(NoExternalUse.class)
public final class PolicyReader {
    private final PolicySetup setup;
    private final String where;
    private final Position at;

    private PolicyReader(PolicySetup setup, String where) {
        this.setup = setup;
        this.where = where;
        this.at = new Position("policy of " + where, 1, 1);
    }

    /**
     * @param where who demands it, for messages
     * @throws ContractException what can't be understood
     */
    public static Policy read(PolicySetup setup, String where) throws ContractException {
        return new PolicyReader(setup, where).read();
    }

    private Policy read() throws ContractException {
        List<RequiredCheck> checks = new ArrayList<>();
        for (RequiredCheckSetup check : setup.getChecks()) {
            checks.add(check.read(at.file()));
        }
        Set<String> approvers = names("approvers", setup.getApprovers());
        // who names approvers wants one of them at least
        int approvals = Math.max(setup.getApprovals(), approvers.isEmpty() ? 0 : 1);
        RequiredApproval approval = approvals == 0 ? null : new RequiredApproval(approvals, approvers);
        return new Policy(
                where,
                types(),
                checks,
                approval,
                names("environments", setup.getEnvironments()),
                names("branches", setup.getBranches()),
                names("ledgerJobs", setup.getLedgerJobs()),
                duration(setup.getLongestRollback()),
                duration(setup.getShortestBake()),
                percent(setup.getLargestFirstShare()),
                setup.isWaivable(),
                setup.isTrustedContract());
    }

    private Set<String> names(String field, String text) throws ContractException {
        return Set.copyOf(list(field, text));
    }

    /** Something was meant: what demands nothing is left empty. */
    private List<String> list(String field, String text) throws ContractException {
        if (NameList.isOnlySeparators(text)) {
            throw PolicyProblem.of(
                    at,
                    "the field " + field + " has only separators, so that nobody can say what it demands",
                    "name what is meant, or leave it empty");
        }
        return NameList.of(text);
    }

    private Set<EntryType> types() throws ContractException {
        Set<EntryType> types = EnumSet.noneOf(EntryType.class);
        for (String word : list("entryTypes", setup.getEntryTypes())) {
            types.add(Arrays.stream(EntryType.values())
                    .filter(type -> type.text().equalsIgnoreCase(word))
                    .findFirst()
                    .orElseThrow(() -> PolicyProblem.of(
                            at,
                            "there is no type of entry '" + word + "'",
                            "Environment, Criteria, Rollback, Validation or Step")));
        }
        return types;
    }

    private Duration duration(String text) throws ContractException {
        return text == null ? null : Durations.parse(text, at);
    }

    private double percent(String text) throws ContractException {
        if (text == null) {
            return Double.NaN;
        }
        try {
            double value = Double.parseDouble(text.replaceFirst("\\s*%$", ""));
            if (value > 0 && value <= 100) {
                return value;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw PolicyProblem.of(
                at, "'" + text + "' is no share of the traffic", "write a number above 0 and up to 100, as 10%");
    }
}
