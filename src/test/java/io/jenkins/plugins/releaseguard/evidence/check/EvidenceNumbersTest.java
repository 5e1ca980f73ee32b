// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.evidence.Evidence;
import io.jenkins.plugins.releaseguard.evidence.Status;
import io.jenkins.plugins.releaseguard.testing.BareNumbers;
import io.jenkins.plugins.releaseguard.testing.CheckCaseFixture;
import io.jenkins.plugins.releaseguard.testing.CheckFixture;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What checks found and may find has its unit, in each kind of check and each of its states; what is read of a metric the time that it is of. */
class EvidenceNumbersTest {
    /** A count behind the name of what is counted. */
    private static final String NAMED = "[a-z][a-z ]+(?: [<>]=?)? \\d+(?: to \\d+)?";

    /** Whose number has no unit that anybody knows, a name that ends in digits. */
    private static final Map<String, String> UNKNOWN = Map.of(
            "http", "(?:limit )?(?:<= )?\\d+|answered 503, not 200",
            "approval", "2 of release-managers",
            "changes", ".* of 12 is not reviewed by .*",
            "sbom", "licences that .*: a 1 .*");

    @Test
    void haveUnits() {
        Set<String> bare = new TreeSet<>();
        CheckCaseFixture.all().forEach(c -> {
            Evidence e = CheckFixture.at(c.check(), c.context());
            if (e.check().matches("metric|budget|capacity")
                    && !c.check().contains("run:")
                    && e.status() != Status.UNKNOWN) {
                assertThat(e.reason()).matches(".* (?:over|of) (?:the )?\\d+ ?(?:min|d)\\b.*");
            }
            String unknown = UNKNOWN.getOrDefault(e.check(), "");
            for (String said : List.of(e.value(), e.limit(), e.reason())) {
                if (said.matches(unknown) || said.matches(NAMED)) {
                    continue;
                }
                BareNumbers.in(said).forEach(number -> bare.add(e.check() + ": " + number + "   in: " + said));
            }
        });
        assertThat(bare).isEmpty();
    }
}
