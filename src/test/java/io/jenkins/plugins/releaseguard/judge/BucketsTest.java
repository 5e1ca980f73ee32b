// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class BucketsTest {
    private static final Buckets USUAL = new Buckets(List.of(1.0, 2.0, 4.0), List.of(1.0, 3.0, 4.0, 2.0));

    @Test
    void theMiddleIsABucketAndAboutANumberInIt() {
        assertThat(USUAL.total()).isEqualTo(10);
        assertThat(USUAL.above()).containsExactly(9, 6, 2);
        assertThat(USUAL.middle()).isEqualTo(2);
        assertThat(USUAL.low(2)).isEqualTo(2);
        assertThat(USUAL.high(2)).isEqualTo(4);
        assertThat(USUAL.about()).isCloseTo(2.5, within(1e-12));
        assertThat(USUAL.high(3)).isInfinite();
        assertThat(new Buckets(List.of(1.0), List.of(0.0, 5.0)).about()).isEqualTo(1);
        assertThat(new Buckets(List.of(1.0), List.of(0.0, 0.0)).about()).isNaN();
    }

    @Test
    void theLastBoundMayBeGivenAndGapsAreNothing() {
        assertThat(new Buckets(List.of(1.0, Double.POSITIVE_INFINITY), Arrays.asList(1.0, null)))
                .isEqualTo(new Buckets(List.of(1.0), List.of(1.0, 0.0)));
    }

    @Test
    void equalBucketsAddUp() {
        assertThat(USUAL.plus(USUAL)).isEqualTo(new Buckets(List.of(1.0, 2.0, 4.0), List.of(2.0, 6.0, 8.0, 4.0)));
    }

    @Test
    void ofOtherBucketsOnlyWhatBothKnowIsLeft() {
        Buckets other = new Buckets(List.of(2.0, 3.0, 8.0), List.of(5.0, 1.0, 0.0, 7.0));
        // 8 lies in the last bucket, which has some; 4 in one that the other left empty
        assertThat(USUAL.plus(other)).isEqualTo(new Buckets(List.of(2.0, 4.0), List.of(9.0, 5.0, 9.0)));
        assertThat(USUAL.onto(other).total()).isEqualTo(USUAL.total());
        assertThat(other.onto(USUAL).total()).isEqualTo(other.total());
        assertThat(other.onto(USUAL).bounds()).isEqualTo(USUAL.onto(other).bounds());
    }
}
