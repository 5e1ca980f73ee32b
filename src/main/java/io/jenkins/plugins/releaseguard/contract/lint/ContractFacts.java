// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.lint;

import io.jenkins.plugins.releaseguard.contract.ActionSpec;
import io.jenkins.plugins.releaseguard.contract.CheckSpec;
import io.jenkins.plugins.releaseguard.contract.Contract;
import io.jenkins.plugins.releaseguard.contract.CriteriaEntry;
import io.jenkins.plugins.releaseguard.contract.Entry;
import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.contract.Position;
import io.jenkins.plugins.releaseguard.contract.RollbackEntry;
import io.jenkins.plugins.releaseguard.contract.Settings;
import io.jenkins.plugins.releaseguard.contract.ValidationEntry;
import io.jenkins.plugins.releaseguard.contract.schema.SpecCatalog;
import io.jenkins.plugins.releaseguard.contract.schema.SpecKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A contract with what rules look up again and again, so that lint stays linear in the entries. */
public final class ContractFacts {
    private final Contract contract;
    private final SpecCatalog catalog;
    private final Map<Class<?>, List<Entry>> byType;
    private final Set<String> entryIds;
    private final Map<String, Metric> metrics = new HashMap<>();

    ContractFacts(Contract contract, SpecCatalog catalog) {
        this.catalog = catalog;
        this.contract = withoutDefaults(contract);
        this.byType = this.contract.entries().stream().collect(Collectors.groupingBy(Object::getClass));
        this.entryIds = this.contract.entries().stream().map(Entry::id).collect(Collectors.toSet());
        contract.metrics().forEach(m -> metrics.putIfAbsent(m.id(), m));
    }

    /** The usual thresholds are the reader's, not the author's, and owe nothing. */
    private static Contract withoutDefaults(Contract c) {
        List<Entry> own =
                c.entries().stream().filter(e -> !e.id().startsWith("DEFAULT-")).toList();
        return c.withEntries(own);
    }

    Contract contract() {
        return contract;
    }

    <E extends Entry> List<E> entries(Class<E> type) {
        return byType.getOrDefault(type, List.of()).stream().map(type::cast).toList();
    }

    boolean hasEntry(String id) {
        return entryIds.contains(id);
    }

    Optional<Metric> metric(String id) {
        return Optional.ofNullable(metrics.get(id));
    }

    /** Every check of every entry, with the entry. */
    Stream<Map.Entry<Entry, CheckSpec>> checks() {
        return contract.entries().stream().flatMap(e -> checks(e).stream().map(c -> Map.entry(e, c)));
    }

    static List<CheckSpec> checks(Entry entry) {
        if (entry instanceof CriteriaEntry criteria) {
            return criteria.verify();
        }
        if (entry instanceof ValidationEntry validation) {
            return validation.verify();
        }
        return entry instanceof RollbackEntry rollback && rollback.check() != null
                ? List.of(rollback.check())
                : List.of();
    }

    boolean hasCheck(String kind) {
        return checks().anyMatch(c -> c.getValue().kind().equals(kind));
    }

    /** Every check and action of every entry, with the entry and its declaration. */
    Stream<Spec> specs() {
        return contract.entries().stream()
                .flatMap(entry -> Stream.concat(
                        checks(entry).stream()
                                .flatMap(c -> catalog.check(c.kind()).stream()
                                        .map(kind -> new Spec(entry, kind, c.settings(), c.at()))),
                        actions(entry).stream()
                                .flatMap(a -> catalog.action(a.kind()).stream()
                                        .map(kind -> new Spec(entry, kind, a.settings(), a.at())))));
    }

    private static List<ActionSpec> actions(Entry entry) {
        return entry instanceof RollbackEntry rollback ? rollback.procedure() : List.of();
    }

    /** A check or an action as it stands in an entry, with what was declared about it. */
    record Spec(Entry entry, SpecKind kind, Settings settings, Position at) {
        /** As messages call it: {@code the check http of DEP-003}. */
        String name() {
            return "the " + kind + " of " + entry.id();
        }
    }
}
