// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.weights;

import java.util.Collection;
import java.util.Set;

/**
 * Counts of the tensors of a published checkpoint that have initial values because the weights lack
 * them. A mask depends on none of them.
 *
 * @param trainingHeads of the heads that only training looks at
 * @param classifier of the backbone's classification head
 * @param counters of the batches that norms have seen
 */
public record FilledTensors(int trainingHeads, int classifier, int counters) {

    /** Counts those of {@code names} that are not {@code known}. */
    static FilledTensors count(Collection<String> names, Set<String> known) {
        int trainingHeads = 0;
        int classifier = 0;
        int counters = 0;
        for (String name : names) {
            if (!known.contains(name)) {
                if (PublishedNames.isCounter(name)) {
                    counters++;
                } else if (PublishedNames.isTrainingOnly(name)) {
                    trainingHeads++;
                } else {
                    classifier++;
                }
            }
        }
        return new FilledTensors(trainingHeads, classifier, counters);
    }
}
