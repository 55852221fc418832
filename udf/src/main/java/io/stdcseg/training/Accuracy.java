// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training;

/**
 * How well pictures are told apart.
 *
 * @param pictures all of them
 * @param top1 those whose class has the highest score
 * @param top5 those whose class is among the five highest scores
 */
public record Accuracy(int pictures, int top1, int top5) implements Evaluation {

    /** The share of {@link #top1()}. */
    @Override
    public double score() {
        return (double) top1 / pictures;
    }

    /** The share of {@link #top5()}. */
    public double topFive() {
        return (double) top5 / pictures;
    }

    /** Both counted together. */
    Accuracy plus(Accuracy other) {
        return new Accuracy(pictures + other.pictures, top1 + other.top1, top5 + other.top5);
    }

    @Override
    public String measure() {
        return "top-1 accuracy";
    }
}
