// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.data;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Class-aware sampler (Shen et al. 2016, <a href="https://arxiv.org/abs/1512.05830">Relay
 * Backpropagation</a>): draws a class, rare ones as often as others, then a picture that holds it.
 * Immutable.
 */
public final class ClassAwareSampler {

    /** Draws nothing. */
    public static final ClassAwareSampler NONE = new ClassAwareSampler(List.of(), 0);

    private final List<int[]> pictures;
    private final double share;

    /**
     * @param pictures by class, the numbers of those that hold it, at least one
     * @param share of all pictures that it draws, 0 to 1
     */
    private ClassAwareSampler(List<int[]> pictures, double share) {
        this.pictures = pictures;
        this.share = share;
    }

    /**
     * Looks into all label files, on all processors, for which classes there are; into none if the
     * share is 0.
     *
     * @param classes how many the label set has
     * @param share of all pictures that it draws, 0 to 1
     */
    public static ClassAwareSampler of(SegmentationDataset dataset, int classes, double share) {
        if (share == 0) {
            return NONE;
        }
        List<boolean[]> present =
                IntStream.range(0, dataset.size())
                        .parallel()
                        .mapToObj(index -> present(dataset.labels(index), classes))
                        .toList();
        List<int[]> pictures =
                IntStream.range(0, classes)
                        .mapToObj(id -> holding(id, present))
                        .filter(holding -> holding.length > 0)
                        .toList();
        return new ClassAwareSampler(pictures, share);
    }

    private static boolean[] present(byte[] labels, int classes) {
        boolean[] present = new boolean[classes];
        for (byte label : labels) {
            int id = label & 0xff;
            if (id < classes) {
                present[id] = true;
            }
        }
        return present;
    }

    private static int[] holding(int id, List<boolean[]> present) {
        return IntStream.range(0, present.size()).filter(i -> present.get(i)[id]).toArray();
    }

    /** A picture that is drawn, or now and then the one whose turn it is. */
    int draw(int usual, RandomGenerator random) {
        if (pictures.isEmpty() || random.nextDouble() >= share) {
            return usual;
        }
        int[] holding = pictures.get(random.nextInt(pictures.size()));
        return holding[random.nextInt(holding.length)];
    }
}
