// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.inference;

import java.util.List;
import java.util.stream.Stream;

/**
 * The few sizes that batches on a GPU have: powers of two, and the largest.
 *
 * @param largest most pictures of a batch, at least 1
 */
record BatchBuckets(int largest) {

    /** The smallest of the sizes that hold so many pictures. */
    int holding(int pictures) {
        if (pictures < 1 || pictures > largest) {
            throw new IllegalArgumentException(
                    pictures + " pictures where 1 to " + largest + " make a batch");
        }
        return Math.min(largest, Integer.highestOneBit(2 * pictures - 1));
    }

    /** All sizes, largest first. */
    List<Integer> sizes() {
        return Stream.iterate(largest, size -> size > 0, size -> Integer.highestOneBit(size - 1))
                .toList();
    }
}
