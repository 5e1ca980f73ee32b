// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryTextTest {
    /** A name in a comment asks for nothing, so that it can't satisfy who wants the variants told apart. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '¦', quoteCharacter = '¬', textBlock = """
            sum(a{track="$track"}) ¦ true
            sum(a) # $track ¦ false
            sum(a{x="#"}) * b{track='$track'} ¦ true
            sum(a{x='\\'#'}) * b{track="$track"} ¦ true
            sum(a{x="\\\\"}) # " $track ¦ false
            sum(a{x=`\\`}) # ` $track ¦ false
            a_$track ¦ true
            """)
    void commentsDoNotCount(String query, boolean names) {
        assertThat(new QueryText(query).withoutComments().contains("$track")).isEqualTo(names);
        assertThat(new QueryText(query).withoutComments()).hasSameSizeAs(query);
    }
}
