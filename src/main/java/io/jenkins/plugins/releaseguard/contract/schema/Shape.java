// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.schema;

import io.jenkins.plugins.releaseguard.Beta;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The fields that one object of the contract may have, in the order in which the reference lists them. */
@Beta
public record Shape(String name, String help, List<Field> fields) {
    public Shape {
        fields = List.copyOf(fields);
    }

    public static Shape of(String name, String help, Field... fields) {
        return new Shape(name, help, List.of(fields));
    }

    /** This shape with further fields after its own. */
    Shape and(List<Field> more) {
        List<Field> all = new ArrayList<>(fields);
        all.addAll(more);
        return new Shape(name, help, all);
    }

    public Optional<Field> field(String key) {
        return fields.stream().filter(f -> f.name().equals(key)).findFirst();
    }

    public List<String> names() {
        return fields.stream().map(Field::name).toList();
    }
}
