// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.schema;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Every word that a contract may hold, as the reference pages call it: {@code rollout.bake}, {@code metric.worse=lower}, {@code check
 * http.status}, {@code action.deadline} for all actions.
 */
public final class ContractWords {
    private ContractWords() {}

    /** By word, whether it is refused; in the order of the reference. */
    public static Map<String, Boolean> all(SpecCatalog catalog) {
        Map<String, Boolean> words = new LinkedHashMap<>();
        Set<Shape> shapes = new LinkedHashSet<>();
        add("contract", ContractShapes.CONTRACT.fields(), words, shapes);
        add("entry", EntryShapes.HEAD.fields(), words, shapes);
        EntryShapes.all()
                .forEach((type, shape) -> shape.fields().stream()
                        .filter(field -> !EntryShapes.HEAD.fields().contains(field))
                        .forEach(field -> {
                            if (EntryShapes.HEAD.field(field.name()).isPresent()) {
                                field.notYet().forEach(no -> words.put(word(type, field, no.word()), true));
                            } else {
                                add(type, List.of(field), words, shapes);
                            }
                        }));
        for (SpecKind.Role role : SpecKind.Role.values()) {
            add(role.text(), role.common(), words, shapes);
        }
        catalog.checks().forEach((name, kind) -> add("check " + name, kind.own().fields(), words, shapes));
        catalog.actions()
                .forEach((name, kind) -> add("action " + name, kind.own().fields(), words, shapes));
        return words;
    }

    private static void add(String where, List<Field> fields, Map<String, Boolean> words, Set<Shape> shapes) {
        List<Field> below = new ArrayList<>();
        for (Field field : fields) {
            words.put(where + "." + field.name(), false);
            field.choices().forEach(choice -> words.put(word(where, field, choice), false));
            field.notYet().forEach(no -> words.put(word(where, field, no.word()), true));
            if (field.shape() != null && shapes.add(field.shape())) {
                below.add(field);
            }
        }
        below.forEach(field -> add(field.shape().name(), field.shape().fields(), words, shapes));
    }

    private static String word(String where, Field field, String choice) {
        return where + "." + field.name() + "=" + choice;
    }
}
