// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.read.sbom;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.evidence.read.sbom.LicencePolicy.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Licence expressions: good, bad, odd and hostile. */
class LicencePolicyTest {
    private static final LicencePolicy POLICY = new LicencePolicy(
            List.of(
                    "MIT",
                    "Apache-2.0",
                    "BSD-*",
                    "LGPL-2.1+",
                    "GPL-2.0 WITH Classpath-exception-2.0",
                    "The Acme Licence"),
            List.of("GPL-*", "AGPL-*"));

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "MIT|ALLOWED",
                "mit|ALLOWED",
                "(MIT)|ALLOWED",
                "BSD-3-Clause|ALLOWED",
                "MIT AND Apache-2.0|ALLOWED",
                "MIT and Apache-2.0|ALLOWED",
                "MIT OR GPL-3.0-only|ALLOWED",
                "GPL-3.0-only OR MIT|ALLOWED",
                "MIT AND GPL-3.0-only|DENIED",
                "MIT AND (GPL-3.0-only OR Apache-2.0)|ALLOWED",
                "MIT OR GPL-3.0-only AND 0BSD|ALLOWED",
                "(MIT OR GPL-3.0-only) AND 0BSD|DENIED",
                "0BSD|DENIED",
                "GPL-2.0|DENIED",
                "GPL-2.0-only WITH Classpath-exception-2.0|ALLOWED",
                "GPL-2.0 WITH Classpath-exception-2.0|ALLOWED",
                "GPL-2.0-only WITH Bison-exception-2.2|DENIED",
                "Apache-2.0 WITH LLVM-exception|ALLOWED",
                "0BSD WITH LLVM-exception|DENIED",
                "Apache-2.0+|ALLOWED",
                "LGPL-2.1-or-later|ALLOWED",
                "LGPL-2.1+|ALLOWED",
                "LGPL-2.1|DENIED",
                "The Acme Licence|ALLOWED",
                "the acme licence|ALLOWED",
                // nobody knows
                "NOASSERTION|UNKNOWN",
                "NONE|UNKNOWN",
                "UNKNOWN|UNKNOWN",
                "LicenseRef-Acme|UNKNOWN",
                "DocumentRef-x:LicenseRef-Acme|UNKNOWN",
                "MIT OR LicenseRef-Acme|ALLOWED",
                "MIT AND LicenseRef-Acme|UNKNOWN",
                "GPL-3.0-only OR LicenseRef-Acme|UNKNOWN",
                "GPL-3.0-only AND LicenseRef-Acme|DENIED",
                "GPLv3|UNKNOWN",
                "Apache2|UNKNOWN",
                "Expat|UNKNOWN",
                "BSD|UNKNOWN",
                // no expression
                "``|UNKNOWN",
                "See file|UNKNOWN",
                "MIT,Apache-2.0|UNKNOWN",
                "MIT/Apache-2.0|UNKNOWN",
                "MIT AND|UNKNOWN",
                "AND MIT|UNKNOWN",
                "(MIT|UNKNOWN",
                "MIT)|UNKNOWN",
                "MIT WITH|UNKNOWN",
                "MIT WITH OR|UNKNOWN",
                "MIT MIT|UNKNOWN",
                "()|UNKNOWN",
                "MIT License|UNKNOWN"
            })
    void anExpressionComesToAVerdict(String expression, Verdict verdict) {
        assertThat(POLICY.of(expression)).isEqualTo(verdict);
    }

    @Test
    void whereNothingIsAllowedAllIsThatIsNotDenied() {
        LicencePolicy deny = new LicencePolicy(List.of(), List.of("GPL-3.0"));
        assertThat(deny.of("0BSD")).isEqualTo(Verdict.ALLOWED);
        assertThat(deny.of("GPL-3.0-only")).isEqualTo(Verdict.DENIED);
        assertThat(deny.of("GPL-2.0-only")).isEqualTo(Verdict.ALLOWED);
        assertThat(deny.of("MPL-2.0")).isEqualTo(Verdict.ALLOWED);
        for (String unclear : List.of(
                "LicenseRef-x1",
                "DocumentRef-a1:LicenseRef-x",
                "GPL-3",
                "GPLv3",
                "GPL",
                "Apache-v2",
                "BSD-style",
                "acme-eula-2",
                "MIT-2")) {
            assertThat(deny.of(unclear)).as(unclear).isEqualTo(Verdict.UNKNOWN);
        }
    }

    @ParameterizedTest(name = "allow {0}, deny {1}: {2} is {3}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            nullValues = "-",
            value = {
                "-|GPL-3.0|GPL-3.0-or-later|DENIED",
                "-|GPL-3.0|GPL-3.0+|DENIED",
                "-|GPL-3.0-only|GPL-3.0+|DENIED",
                "-|GPL-3.0-only|gpl-3.0-or-later|DENIED",
                "-|GPL-3.0-only|MIT OR GPL-3.0-or-later|ALLOWED",
                "-|GPL-3.0-or-later|GPL-3.0-only|ALLOWED",
                "-|GPL-2.0-only|GPL-3.0-or-later|ALLOWED",
                "LGPL-2.1-only|-|LGPL-2.1-or-later|ALLOWED",
                "LGPL-2.1|-|LGPL-2.1+|ALLOWED",
                "LGPL-2.1-or-later|-|LGPL-2.1-only|DENIED",
                "GPL-3.0-or-later|GPL-3.0-only|GPL-3.0-or-later|ALLOWED",
                "GPL-2.0-only WITH Classpath-exception-2.0|GPL-*|GPL-2.0-or-later WITH Classpath-exception-2.0|ALLOWED"
            })
    void orLaterBeginsWithTheLicenceItself(String allow, String deny, String licence, Verdict verdict) {
        assertThat(new LicencePolicy(
                                allow == null ? List.of() : List.of(allow), deny == null ? List.of() : List.of(deny))
                        .of(licence))
                .isEqualTo(verdict);
    }

    @Test
    void whatNamesNoLicenceIsMeantByNoPattern() {
        LicencePolicy any = new LicencePolicy(List.of("*"), List.of());
        assertThat(any.of("MIT")).isEqualTo(Verdict.ALLOWED);
        assertThat(any.of("NOASSERTION")).isEqualTo(Verdict.UNKNOWN);
        assertThat(any.of("MIT AND NOASSERTION")).isEqualTo(Verdict.UNKNOWN);
        assertThat(any.of("NONE")).isEqualTo(Verdict.UNKNOWN);
        assertThat(new LicencePolicy(List.of("NONE"), List.of()).of("NONE")).isEqualTo(Verdict.ALLOWED);
    }

    @Test
    void aPatternIsHeldAgainstIdsAndNeverAgainstAWholeExpression() {
        assertThat(new LicencePolicy(List.of("MIT*"), List.of()).of("MIT AND GPL-3.0-only"))
                .isEqualTo(Verdict.DENIED);
        assertThat(new LicencePolicy(List.of(), List.of("*GPL*")).of("MIT OR GPL-3.0-only"))
                .isEqualTo(Verdict.ALLOWED);
    }

    @Test
    void hostileExpressionsEnd() {
        assertThat(POLICY.of("(".repeat(5000) + "MIT" + ")".repeat(5000))).isEqualTo(Verdict.UNKNOWN);
        assertThat(POLICY.of("MIT OR ".repeat(1400) + "MIT")).isEqualTo(Verdict.ALLOWED);
        assertThat(POLICY.of("MIT OR ".repeat(100_000) + "MIT")).isEqualTo(Verdict.UNKNOWN);
    }
}
