// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network.shape;

/**
 * One layer with weights, at one size of picture.
 *
 * @param name as published
 * @param kind such as {@code conv 3x3 /2 + norm + relu}
 * @param channels of the output
 * @param rows of the output
 * @param columns of the output
 * @param parameters of convolution and norm
 * @param macs multiplications with addition, in convolutions only, for one picture
 */
public record Layer(
        String name,
        String kind,
        int channels,
        int rows,
        int columns,
        long parameters,
        long macs) {}
