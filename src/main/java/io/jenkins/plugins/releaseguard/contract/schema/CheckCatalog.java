// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.schema;

import static io.jenkins.plugins.releaseguard.contract.schema.FieldType.THRESHOLD;

import java.util.List;
import java.util.stream.Stream;

/** The kinds of checks. A threshold in a check says what must hold, in a Rollback entry what breaks the release. */
final class CheckCatalog {
    private CheckCatalog() {}

    static List<SpecKind> kinds() {
        return Stream.concat(BuildChecks.kinds().stream(), ServiceChecks.kinds().stream())
                .toList();
    }

    static SpecKind kind(String name, String help, String main, Field... fields) {
        return new SpecKind(Shape.of(name, help, fields), main);
    }

    static Field limit(String name, String help) {
        return Field.of(name, THRESHOLD, help);
    }
}
