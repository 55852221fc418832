// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network.torchscript;

import io.stdcseg.network.Ops;

/**
 * A back end that writes lines of a program.
 *
 * @param <T> a stack of feature maps
 */
interface ProgramOps<T> extends Ops<T> {

    /**
     * The network's input.
     *
     * @param pictures how the program names normalised floats (pictures, rows, columns, 3)
     */
    T image(String pictures);

    /** How the program names the same numbers in single precision. */
    String single(T maps);
}
