// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.write;

import io.jenkins.plugins.releaseguard.contract.ActionSpec;
import io.jenkins.plugins.releaseguard.contract.CheckSpec;
import io.jenkins.plugins.releaseguard.contract.IdList;
import io.jenkins.plugins.releaseguard.contract.Settings;
import io.jenkins.plugins.releaseguard.contract.Threshold;
import io.jenkins.plugins.releaseguard.contract.grammar.Amount;
import io.jenkins.plugins.releaseguard.contract.schema.Field;
import io.jenkins.plugins.releaseguard.contract.schema.FieldType;
import io.jenkins.plugins.releaseguard.contract.schema.SpecCatalog;
import io.jenkins.plugins.releaseguard.contract.schema.SpecKind;
import io.jenkins.plugins.releaseguard.text.Span;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checks and actions as a contract writes them, by what their kinds declare. */
final class SpecValues {
    private final SpecCatalog catalog;

    SpecValues(SpecCatalog catalog) {
        this.catalog = catalog;
    }

    Map<String, Object> of(CheckSpec check) {
        return of(check.kind(), check.settings(), catalog.check(check.kind()));
    }

    Map<String, Object> of(ActionSpec action) {
        return of(action.kind(), action.settings(), catalog.action(action.kind()));
    }

    private static Map<String, Object> of(String name, Settings settings, Optional<SpecKind> kind) {
        Map<String, Object> fields = new LinkedHashMap<>();
        settings.values().forEach((key, value) -> {
            if (value != null && !key.equals(SpecKind.VALUE)) {
                FieldType type =
                        kind.flatMap(k -> k.shape().field(key)).map(Field::type).orElse(FieldType.TEXT);
                fields.put(key, written(type, value));
            }
        });
        return Map.of(name, fields);
    }

    private static Object written(FieldType type, Object value) {
        if (value instanceof Double number) {
            return type == FieldType.PERCENT ? Values.percent(number) : Values.decimal(number);
        } else if (value instanceof Boolean flag) {
            return Values.yesNo(flag);
        } else if (value instanceof Duration duration) {
            return Span.written(duration);
        } else if (value instanceof Threshold threshold) {
            return threshold.text();
        } else if (value instanceof Amount amount) {
            return amount.unit().equals("%")
                    ? Values.percent(amount.value())
                    : Values.decimal(amount.value()) + amount.unit();
        } else if (value instanceof IdList ids) {
            return Values.ids(ids);
        }
        return value instanceof List<?> || value instanceof Map<?, ?> ? value : value.toString();
    }
}
