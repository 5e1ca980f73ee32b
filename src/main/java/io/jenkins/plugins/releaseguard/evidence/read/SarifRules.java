// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.read;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The rules of a run's driver and extensions (SARIF 2.1.0, 3.18, 3.19, 3.49), and which of them a reference means (3.52.3 to
 * 3.52.7, 3.54): by index, guid and id, hierarchical ids by the longest id above them (3.52.4). Where what a reference says
 * leads to different rules, it means each of them.
 */
final class SarifRules {
    /** An id of more characters or parts is that of no rule above it. */
    private static final int LONGEST = 1000;

    private static final int MOST_PARTS = 32;

    /** What a reference means; {@code whole} is false where something that it says leads nowhere. */
    record Meant(Set<SarifRule> rules, boolean whole) {}

    private record Component(
            String name,
            String guid,
            List<SarifRule> rules,
            Map<String, SarifRule> ids,
            Map<String, SarifRule> guids) {}

    private final List<Component> components = new ArrayList<>();
    private final Map<SarifReference, Meant> meant = new HashMap<>();
    private final boolean scores;
    private final boolean weaknesses;

    SarifRules(JsonNode tool, JsonNode taxonomies) {
        this(tool, taxonomies, "rules");
    }

    /** The descriptions of a field of the components: {@code rules} (3.19.23) or {@code notifications} (3.19.24). */
    SarifRules(JsonNode tool, JsonNode taxonomies, String field) {
        components.add(component(tool.path("driver"), taxonomies, field));
        tool.path("extensions").forEach(e -> components.add(component(e, taxonomies, field)));
        scores = components.stream().flatMap(c -> c.rules().stream()).anyMatch(SarifRule::isScored);
        weaknesses = components.stream()
                .flatMap(c -> c.rules().stream())
                .anyMatch(r -> !r.cwes().isEmpty());
    }

    private static Component component(JsonNode node, JsonNode taxonomies, String field) {
        List<SarifRule> rules = new ArrayList<>();
        Map<String, SarifRule> ids = new HashMap<>();
        Map<String, SarifRule> guids = new HashMap<>();
        for (JsonNode each : node.path(field)) {
            SarifRule rule = SarifRule.of(each, taxonomies);
            rules.add(rule);
            ids.merge(rule.id(), rule, SarifRule::worse);
            if (!rule.guid().isEmpty()) {
                guids.putIfAbsent(rule.guid().toLowerCase(Locale.ROOT), rule);
            }
        }
        return new Component(
                node.path("name").asText(""), node.path("guid").asText("").toLowerCase(Locale.ROOT), rules, ids, guids);
    }

    /** Whether any rule of the run has a security severity: then a rule without one is no security rule. */
    boolean scores() {
        return scores;
    }

    /** Whether any rule of the run names a weakness (CWE). */
    boolean weaknesses() {
        return weaknesses;
    }

    Meant of(SarifReference reference) {
        return meant.computeIfAbsent(reference, this::find);
    }

    private Meant find(SarifReference reference) {
        if (reference.isEmpty()) {
            return new Meant(Set.of(), true);
        }
        Set<SarifRule> rules = new LinkedHashSet<>();
        List<Component> named = reference.namesComponent() ? named(reference) : components.subList(0, 1);
        for (Component component : named) {
            for (int index : reference.indexes()) {
                if (index < component.rules().size()) {
                    rules.add(component.rules().get(index));
                }
            }
            SarifRule known = component.guids().get(reference.guid().toLowerCase(Locale.ROOT));
            if (known != null) {
                rules.add(known);
            }
        }
        boolean whole = !named.isEmpty();
        for (String id : reference.ids()) {
            // many writers leave out the component that an extension's rule is in
            Set<SarifRule> found = byId(id, named);
            if (found.isEmpty() && !reference.namesComponent()) {
                found = byId(id, components);
            }
            whole &= !found.isEmpty();
            rules.addAll(found);
        }
        return new Meant(Set.copyOf(rules), whole && !rules.isEmpty());
    }

    private static Set<SarifRule> byId(String id, List<Component> among) {
        boolean bounded =
                id.length() <= LONGEST && id.chars().filter(c -> c == '/').count() < MOST_PARTS;
        for (String part = id; ; part = part.substring(0, part.lastIndexOf('/'))) {
            Set<SarifRule> found = new LinkedHashSet<>();
            for (Component component : among) {
                SarifRule rule = component.ids().get(part);
                if (rule != null) {
                    found.add(rule);
                }
            }
            if (!found.isEmpty() || !bounded || part.lastIndexOf('/') < 0) {
                return found;
            }
        }
    }

    /** Those that the reference's index, guid and name each lead to; none where one of them leads nowhere. */
    private List<Component> named(SarifReference reference) {
        Set<Component> found = new LinkedHashSet<>();
        int index = reference.component();
        if (index >= 0) {
            if (index + 1 >= components.size()) {
                return List.of();
            }
            found.add(components.get(index + 1));
        }
        String guid = reference.componentGuid().toLowerCase(Locale.ROOT);
        if (!guid.isEmpty() && !add(found, c -> c.guid().equals(guid))) {
            return List.of();
        }
        String name = reference.componentName();
        // a name beside an index or a guid is for people, and may be a longer form of it
        if (!name.isEmpty()
                && !add(found, c -> c.name().equals(name))
                && !add(found, c -> c.name().equalsIgnoreCase(name))
                && found.isEmpty()) {
            return List.of();
        }
        return List.copyOf(found);
    }

    private boolean add(Set<Component> found, Predicate<Component> which) {
        List<Component> more = components.stream().filter(which).toList();
        found.addAll(more);
        return !more.isEmpty();
    }
}
