// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.weights;

import io.stdcseg.network.Variant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Stacked blocks: how a deeper backbone starts from a shallower one that is done learning. A
 * stage's first block becomes the first, and the last one of those behind it is repeated; all of
 * these have the same shape.
 *
 * @see <a href="https://proceedings.mlr.press/v97/gong19a.html">Efficient Training of BERT by
 *     Progressively Stacking</a>
 */
final class StackedBlocks {

    private StackedBlocks() {}

    /** Whether every stage of {@code from} is shorter than that of {@code to}. */
    static boolean canStack(Variant from, Variant to) {
        for (int stage = 0; stage < from.blocksPerStage().size(); stage++) {
            if (from.blocksPerStage().get(stage) >= to.blocksPerStage().get(stage)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Everything that {@code from} has, by the names it has in {@code to}.
     *
     * @param tensors by their names in a whole network
     */
    static <T> Map<String, T> of(Map<String, T> tensors, Variant from, Variant to) {
        List<Integer> sources = sources(from, to);
        Map<String, T> stacked = new LinkedHashMap<>();
        tensors.forEach(
                (name, tensor) -> {
                    if (PublishedNames.block(name) < 0) {
                        stacked.put(name, tensor);
                    }
                });
        for (int block = 0; block < sources.size(); block++) {
            for (Map.Entry<String, T> tensor : tensors.entrySet()) {
                if (PublishedNames.block(tensor.getKey()) == sources.get(block)) {
                    stacked.put(PublishedNames.inBlock(tensor.getKey(), block), tensor.getValue());
                }
            }
        }
        return stacked;
    }

    /** For each block of {@code to}, counted through all stages, the one of {@code from}. */
    private static List<Integer> sources(Variant from, Variant to) {
        List<Integer> sources = new ArrayList<>();
        int first = 0;
        for (int stage = 0; stage < from.blocksPerStage().size(); stage++) {
            int known = from.blocksPerStage().get(stage);
            for (int block = 0; block < to.blocksPerStage().get(stage); block++) {
                sources.add(first + Math.min(block, known - 1));
            }
            first += known;
        }
        return sources;
    }
}
