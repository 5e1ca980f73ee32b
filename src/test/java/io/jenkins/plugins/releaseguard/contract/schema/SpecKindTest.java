// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.schema;

import static io.jenkins.plugins.releaseguard.contract.schema.Field.limit;
import static io.jenkins.plugins.releaseguard.contract.schema.Field.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.releaseguard.contract.ContractException;
import io.jenkins.plugins.releaseguard.contract.Position;
import io.jenkins.plugins.releaseguard.contract.grammar.ThresholdParser;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpecKindTest {
    private static final SpecKind KIND = SpecKind.check("k", "A kind.").main(text("url", "where"));

    @Test
    void commonFieldsComeLast() {
        assertThat(KIND.fields(text("body", "what")).shape().names())
                .containsExactly("url", "body", "timeout", "maxAge");
        assertThat(SpecKind.action("a", "An action.").shape().names()).containsExactly("deadline");
        assertThat(KIND.own().names()).containsExactly("url");
        assertThat(KIND.keys()).containsExactly("url", "timeout", "maxAge", "value");
    }

    @Test
    void isNotChangedByWhatIsMadeOfIt() {
        KIND.fields(text("body", "what")).oneOf("url", "body").needs("body", "url");

        assertThat(KIND.shape().names()).doesNotContain("body");
        assertThat(KIND.oneOf()).isEmpty();
        assertThat(KIND.needs()).isEmpty();
    }

    @Test
    void whatIsDeclaredWronglyIsRefusedAtOnce() {
        assertThatIllegalArgumentException().isThrownBy(() -> KIND.fields(text("url", "again")));
        assertThatIllegalArgumentException().isThrownBy(() -> KIND.fields(text("timeout", "its own")));
        assertThatIllegalArgumentException().isThrownBy(() -> KIND.fields(text("value", "its own")));
        assertThatIllegalArgumentException().isThrownBy(() -> KIND.oneOf("url", "endpoint"));
        assertThatIllegalArgumentException().isThrownBy(() -> KIND.needs("url", "endpoint"));
        assertThatIllegalArgumentException().isThrownBy(() -> KIND.exclusive("url", "endpoint"));
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> KIND.fields(text("body", "what").standard("{}")).oneOf("url", "body"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> text("url", "where").unit(Unit.TIME));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> text("url", "where").must().standard("https://a.example/"));
        assertThatIllegalArgumentException().isThrownBy(() -> Field.of("url", FieldType.CHOICE, "where"));
        assertThatIllegalArgumentException().isThrownBy(() -> Field.of("url", FieldType.OBJECT, "where"));
    }

    @Test
    void noCatalogueHasAKindTwice() {
        assertThatThrownBy(() -> new SpecCatalog(List.of(KIND, KIND))).isInstanceOf(IllegalArgumentException.class);
        assertThat(new SpecCatalog(List.of(KIND, SpecKind.action("k", "An action of the same name."))).checks())
                .containsOnlyKeys("k");
    }

    @ParameterizedTest(name = "{1} is {0}: {2}")
    @CsvSource({
        "PERCENT, > 95%, true",
        "PERCENT, > 0.95, false",
        "PERCENT, > 0, true",
        "COUNT, <= 3, true",
        "COUNT, <= 3%, false",
        "TIME, <= 24h, true",
        "TIME, <= 24, false",
        "SIZE, > 1 GiB, true",
        "SIZE, > 1h, false",
        "PERCENT, > 2% for 5 minutes, false"
    })
    void unitsFit(Unit unit, String written, boolean fits) throws ContractException {
        assertThat(limit("l", "a limit")
                        .unit(unit)
                        .unit()
                        .fits(ThresholdParser.parse(written, new Position("f", 1, 1))))
                .isEqualTo(fits);
    }
}
