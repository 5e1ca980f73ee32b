// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.catalog.Catalog;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** No text of the contract is without a place, and none is named that isn't there. */
class PlacesTest {
    private static final Set<FieldType> TEXTS =
            EnumSet.of(FieldType.TEXT, FieldType.LIST, FieldType.LINES, FieldType.MAP, FieldType.LISTS);

    /** Every field that the reader can meet, by the path that the table has. */
    private static Map<String, Field> fields() {
        Map<String, Field> all = new LinkedHashMap<>();
        Set<Shape> shapes = new LinkedHashSet<>();
        collect(ContractShapes.CONTRACT, shapes);
        collect(ContractShapes.FRONT, shapes);
        shapes.forEach(s -> s.fields().forEach(f -> {
            boolean root = s == ContractShapes.CONTRACT || s == ContractShapes.FRONT;
            all.put((root ? "contract" : s.name()) + "." + f.name(), f);
        }));
        EntryShapes.HEAD.fields().forEach(f -> all.put("entry." + f.name(), f));
        EntryShapes.all()
                .forEach((type, shape) -> shape.fields()
                        .subList(
                                EntryShapes.HEAD.fields().size(), shape.fields().size())
                        .forEach(f -> all.put(type + "." + f.name(), f)));
        for (Shape shape : EntryShapes.all().values()) {
            Set<Shape> below = new LinkedHashSet<>();
            collect(shape, below);
            below.remove(shape);
            below.forEach(s -> s.fields().forEach(f -> all.put(s.name() + "." + f.name(), f)));
        }
        Catalog.STANDARD
                .specs()
                .checks()
                .values()
                .forEach(k -> k.shape().fields().forEach(f -> all.put("check." + k.name() + "." + f.name(), f)));
        Catalog.STANDARD
                .specs()
                .actions()
                .values()
                .forEach(k -> k.shape().fields().forEach(f -> all.put("action." + k.name() + "." + f.name(), f)));
        return all;
    }

    private static void collect(Shape shape, Set<Shape> all) {
        if (all.add(shape)) {
            shape.fields().stream().filter(f -> f.shape() != null).forEach(f -> collect(f.shape(), all));
        }
    }

    @Test
    void everyTextHasAPlace() {
        assertThat(fields()).hasSizeGreaterThan(200);
        fields().forEach((path, field) -> {
            if (TEXTS.contains(field.type())) {
                assertThat(field.place()).as(path).isNotNull();
                assertThat(Places.table()).as(path).containsEntry(path, field.place());
            }
        });
    }

    @Test
    void noRowIsOfAFieldThatIsNotThereOrIsNoText() {
        Set<String> rows = new TreeSet<>(Places.table().keySet());
        fields().forEach((path, field) -> {
            if (TEXTS.contains(field.type())) {
                rows.remove(path);
            }
        });
        assertThat(rows).isEmpty();
    }

    @Test
    void everyCommandIsAShells() {
        Set<String> commands = new HashSet<>();
        fields().forEach((path, field) -> {
            boolean named =
                    field.name().equals("run") || field.name().equals("command") && field.type() == FieldType.TEXT;
            if (named) {
                commands.add(path);
                assertThat(field.place()).as(path).isEqualTo(ValuePlace.SHELL);
            }
        });
        assertThat(commands).contains("check.command.run", "action.command.run", "Step.command", "check.backup.run");
    }

    @Test
    void aKindOfAnotherPluginSaysItItself() {
        SpecKind kind = SpecKind.check("depth", "Looks.")
                .main(Field.text("queue", "which").in(ValuePlace.ID))
                .fields(Field.text("words", "what"), Field.limit("limit", "how deep"));

        assertThat(kind.shape().field("queue").orElseThrow().place()).isEqualTo(ValuePlace.ID);
        assertThat(kind.shape().field("words").orElseThrow().place()).isNull();
        assertThat(kind.shape().field("limit").orElseThrow().place()).isEqualTo(ValuePlace.NUMBER);
    }
}
