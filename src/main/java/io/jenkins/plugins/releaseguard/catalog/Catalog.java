// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.catalog;

import io.jenkins.plugins.releaseguard.contract.Contract;
import io.jenkins.plugins.releaseguard.contract.Problem;
import io.jenkins.plugins.releaseguard.contract.lint.Lint;
import io.jenkins.plugins.releaseguard.contract.read.ContractReader;
import io.jenkins.plugins.releaseguard.contract.schema.SpecCatalog;
import io.jenkins.plugins.releaseguard.effect.action.Actions;
import io.jenkins.plugins.releaseguard.effect.action.ProcedureAction;
import io.jenkins.plugins.releaseguard.effect.action.StandardActions;
import io.jenkins.plugins.releaseguard.evidence.Check;
import io.jenkins.plugins.releaseguard.evidence.Checks;
import java.util.Collection;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/** The checks and actions at hand in one place, and the language of contracts that they make. Immutable. */
public final class Catalog {
    /** What needs no further plugin. */
    public static final Catalog STANDARD = new Catalog(StandardChecks.checks(), StandardActions.actions());

    private final Checks checks;
    private final Actions actions;
    private final ContractReader reader;

    private Catalog(Checks checks, Actions actions) {
        this.checks = checks;
        this.actions = actions;
        this.reader = new ContractReader(new SpecCatalog(
                Stream.concat(checks.kinds().stream(), actions.kinds().stream()).toList()));
    }

    /**
     * This catalogue with further checks and actions.
     *
     * @throws IllegalArgumentException one has the kind of another
     */
    public Catalog with(Collection<? extends Check> moreChecks, Collection<? extends ProcedureAction> moreActions) {
        return new Catalog(
                new Checks(Stream.concat(checks.all().stream(), moreChecks.stream())
                        .toList()),
                new Actions(Stream.concat(actions.all().stream(), moreActions.stream())
                        .toList()));
    }

    /** The standard catalogue with those of all jars on the class path, see {@link #installed(ClassLoader)}. */
    public static Catalog installed() {
        return installed(Catalog.class.getClassLoader());
    }

    /**
     * The standard catalogue with those checks and actions that jars name under {@code META-INF/services}.
     *
     * @throws java.util.ServiceConfigurationError a jar names what isn't there
     * @throws IllegalArgumentException one has the kind of another
     */
    public static Catalog installed(ClassLoader loader) {
        return STANDARD.with(
                ServiceLoader.load(Check.class, loader).stream()
                        .map(ServiceLoader.Provider::get)
                        .toList(),
                ServiceLoader.load(ProcedureAction.class, loader).stream()
                        .map(ServiceLoader.Provider::get)
                        .toList());
    }

    public Checks checks() {
        return checks;
    }

    public Actions actions() {
        return actions;
    }

    /** What all of them declare. */
    public SpecCatalog specs() {
        return reader.catalog();
    }

    /** Reads contracts that may name all of them. */
    public ContractReader reader() {
        return reader;
    }

    /** Holds a contract that {@link #reader} has read to the rules, see {@link Lint#check}. */
    public List<Problem> lint(Contract contract) {
        return Lint.check(contract, specs());
    }
}
