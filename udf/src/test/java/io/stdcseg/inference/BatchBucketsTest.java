// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.inference.BucketedSegmenter.BatchBuckets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchBucketsTest {

    @ParameterizedTest
    @CsvSource({"1,1", "2,2", "3,4", "4,4", "5,8", "8,8", "9,12", "12,12"})
    void aBatchGoesIntoTheSmallestThatHoldsIt(int pictures, int bucket) {
        assertThat(new BatchBuckets(12).holding(pictures)).isEqualTo(bucket);
    }

    @Test
    void thereAreThePowersOfTwoAndTheLargest() {
        assertThat(new BatchBuckets(1).sizes()).containsExactly(1);
        assertThat(new BatchBuckets(8).sizes()).containsExactly(8, 4, 2, 1);
        assertThat(new BatchBuckets(12).sizes()).containsExactly(12, 8, 4, 2, 1);
    }

    @Test
    void noBatchIsLargerThanTheLargest() {
        assertThatThrownBy(() -> new BatchBuckets(8).holding(9))
                .hasMessage("9 pictures where 1 to 8 make a batch");
        assertThatThrownBy(() -> new BatchBuckets(8).holding(0))
                .hasMessage("0 pictures where 1 to 8 make a batch");
    }
}
