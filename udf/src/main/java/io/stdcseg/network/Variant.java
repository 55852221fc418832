// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network;

import java.util.List;

/**
 * Variant of the network: the two published backbones. Each stage halves the picture in its first
 * block.
 *
 * @see <a href="https://arxiv.org/abs/2104.13188">Rethinking BiSeNet for Real-time Semantic
 *     Segmentation</a>
 */
public enum Variant {
    STDC1("stdc1", List.of(2, 2, 2)),
    STDC2("stdc2", List.of(4, 5, 3));

    private final String label;
    private final List<Integer> blocksPerStage;

    Variant(String label, List<Integer> blocksPerStage) {
        this.label = label;
        this.blocksPerStage = blocksPerStage;
    }

    /** The name users write. */
    public String label() {
        return label;
    }

    /** Short-term dense concatenate blocks in the stages at 1/8, 1/16 and 1/32. */
    public List<Integer> blocksPerStage() {
        return blocksPerStage;
    }
}
