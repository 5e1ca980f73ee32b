// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.config;

import hudson.diagnosis.OldDataMonitor;
import hudson.model.Saveable;
import io.jenkins.plugins.releaseguard.jenkins.policy.NameList;
import io.jenkins.plugins.releaseguard.jenkins.policy.PolicySetup;
import io.jenkins.plugins.releaseguard.jenkins.policy.RequiredCheckSetup;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Set-ups as they come from disk: XStream runs no constructor, so that what an old or hand-written file leaves out is null, and a list
 * may hold what is no set-up at all. Nulls become empty here, and what is incomplete is told under Manage Jenkins, Manage Old Data.
 */
@Restricted(NoExternalUse.class)
public final class StoredSetups {
    private StoredSetups() {}

    /** Those of a stored list that are what they should be; empty for null. */
    public static <T> List<T> list(List<?> stored, Class<T> type) {
        List<T> kept = new ArrayList<>();
        if (stored != null) {
            stored.stream().filter(type::isInstance).map(type::cast).forEach(kept::add);
        }
        return kept;
    }

    /**
     * Tells administrators what is incomplete in a place; nothing where all is well.
     *
     * @param owner whose file it stands in
     */
    public static void report(Saveable owner, SetupScope scope) {
        List<Throwable> problems = new ArrayList<>();
        incomplete(scope).forEach(problem -> problems.add(new IncompleteSetup(problem)));
        if (!problems.isEmpty()) {
            OldDataMonitor.report(owner, problems);
        }
    }

    /** The field's name where it is empty. */
    public static Optional<String> empty(String field, String value) {
        return value == null || value.isEmpty() ? Optional.of(field) : Optional.empty();
    }

    static List<String> incomplete(SetupScope scope) {
        List<String> problems = new ArrayList<>();
        for (SetupKind<?> kind : List.of(SetupKind.SOURCE, SetupKind.ROUTER, SetupKind.ENDPOINT, SetupKind.CHANNEL)) {
            add(problems, kind.word(), kind.in().apply(scope), BoundSetup::getId, BoundSetup::lacks);
        }
        for (SetupKind<?> kind : List.of(SetupKind.SOURCE, SetupKind.ROUTER, SetupKind.ENDPOINT, SetupKind.CHANNEL)) {
            for (BoundSetup<?> setup : kind.in().apply(scope)) {
                separators(problems, "the " + kind.word() + " '" + setup.getId() + "'", setup.namesNothing());
            }
        }
        for (FreezeSetup freeze : scope.getFreezes()) {
            separators(
                    problems,
                    "the freeze '" + freeze.getWindow() + "'",
                    onlySeparators(Map.of("exceptions", Objects.toString(freeze.getExceptions(), ""))));
        }
        separators(
                problems,
                scope.where(),
                onlySeparators(Map.of("procedureJobs", Objects.toString(scope.getProcedureJobs(), ""))));
        add(problems, "freeze", scope.getFreezes(), FreezeSetup::getWindow, FreezeSetup::lacks);
        add(problems, "service", scope.getServices(), ServiceSetup::getService, one -> one.lacks(scope));
        PolicySetup policy = scope.getPolicy();
        if (policy != null) {
            separators(
                    problems,
                    "the policy of " + scope.where(),
                    onlySeparators(Map.of(
                            "entryTypes", Objects.toString(policy.getEntryTypes(), ""),
                            "environments", Objects.toString(policy.getEnvironments(), ""),
                            "branches", Objects.toString(policy.getBranches(), ""),
                            "approvers", Objects.toString(policy.getApprovers(), ""),
                            "ledgerJobs", Objects.toString(policy.getLedgerJobs(), ""))));
        }
        List<RequiredCheckSetup> checks = policy == null ? List.of() : policy.getChecks();
        add(problems, "check that the policy demands", checks, RequiredCheckSetup::getKind, RequiredCheckSetup::lacks);
        return problems;
    }

    /** Those fields, in the order of their names, in which something was written and nothing named. */
    static List<String> onlySeparators(Map<String, String> fields) {
        return fields.entrySet().stream()
                .filter(field -> NameList.isOnlySeparators(field.getValue()))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    private static void separators(List<String> problems, String what, List<String> fields) {
        for (String field : fields) {
            problems.add(what + " of Release Guard has only separators in " + field
                    + ", so that it names nothing: name what is meant, or leave it empty");
        }
    }

    private static <T> void add(
            List<String> problems,
            String what,
            List<? extends T> setups,
            Function<T, String> name,
            Function<T, Optional<String>> lacks) {
        for (T setup : setups) {
            lacks.apply(setup)
                    .ifPresent(field -> problems.add("the " + what + " '" + name.apply(setup)
                            + "' of Release Guard has no " + field + ": set it, or take the entry out"));
        }
    }

    /** What stands in the list of old data; the class's name is shown before the message. */
    private static final class IncompleteSetup extends Exception {
        private static final long serialVersionUID = 1L;

        IncompleteSetup(String message) {
            super(message, null, false, false);
        }
    }
}
