// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.read;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.releaseguard.contract.schema.Field;
import io.jenkins.plugins.releaseguard.contract.schema.FieldType;
import io.jenkins.plugins.releaseguard.contract.schema.SpecCatalog;
import io.jenkins.plugins.releaseguard.contract.schema.SpecKind;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A standard value that can't be read is found before a contract relies on it, which would be no fault of its own. */
class StandardValuesTest {
    @ParameterizedTest(name = "{1} as {0}")
    @CsvSource({"THRESHOLD, many", "BOOLEAN, perhaps", "MAP, a"})
    void oneThatIsNoneIsRefusedAtOnce(FieldType type, String value) {
        SpecKind kind = SpecKind.check("depth", "Looks.")
                .fields(Field.of("limit", type, "what must hold").standard(value));
        SpecCatalog catalog = new SpecCatalog(List.of(kind));

        assertThatThrownBy(() -> new ContractReader(catalog))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("check depth")
                .hasMessageContaining("limit");
    }
}
