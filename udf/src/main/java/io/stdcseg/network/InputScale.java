// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network;

import io.stdcseg.error.InputException;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Scale of the network's input: how a picture is resized before the network, by a factor or to a
 * height with its aspect kept.
 *
 * @param factor of both sides; 0 if the height is given
 * @param height in rows; 0 if the factor is given
 */
public record InputScale(double factor, int height) implements Serializable {

    public InputScale {
        if ((factor > 0) == (height > 0)) {
            throw new InputException(
                    "scale "
                            + factor
                            + " with height "
                            + height
                            + ": exactly one of them must be positive");
        }
    }

    public static InputScale by(double factor) {
        return new InputScale(factor, 0);
    }

    public static InputScale toHeight(int height) {
        return new InputScale(0, height);
    }

    /**
     * A scale that makes {@code inputColumns} by {@code inputRows} of {@code columns} by {@code
     * rows}; empty if there is none.
     */
    public static Optional<InputScale> between(
            int columns, int rows, int inputColumns, int inputRows) {
        double least = Math.max(inputColumns / (double) columns, inputRows / (double) rows);
        // A quotient may be a little too small to give back what it was made of.
        return Stream.of(by(least), by(Math.nextUp(least)), toHeight(inputRows))
                .filter(
                        scale ->
                                scale.inputWidth(columns, rows) == inputColumns
                                        && scale.inputHeight(rows) == inputRows)
                .findFirst();
    }

    /**
     * Scales of multi-scale evaluation as reports show them: {@code 0.5}, or {@code 0.5, 1.0 and
     * mirrored}.
     */
    public static String describe(List<InputScale> scales, boolean flip) {
        String list = String.join(", ", scales.stream().map(InputScale::toString).toList());
        return flip ? list + " and mirrored" : list;
    }

    /**
     * Rows that the network sees of a picture with {@code rows} rows; the published code truncates.
     */
    public int inputHeight(int rows) {
        return height > 0 ? height : Math.max(1, (int) (rows * factor));
    }

    /**
     * Columns that the network sees of a picture of {@code columns} by {@code rows}; where the
     * height is given, rounded half up, in whole numbers so that every back end agrees.
     */
    public int inputWidth(int columns, int rows) {
        return height > 0
                ? Math.max(1, (int) ((2L * columns * height + rows) / (2L * rows)))
                : Math.max(1, (int) (columns * factor));
    }

    /** This scale with both sides of the input made smaller or larger by a factor. */
    public InputScale times(double share) {
        return height > 0
                ? toHeight(Math.max(1, (int) Math.round(height * share)))
                : by(factor * share);
    }

    /** As written in weights and reports: {@code 0.5} or {@code height 360}. */
    @Override
    public String toString() {
        return height > 0 ? "height " + height : Double.toString(factor);
    }
}
