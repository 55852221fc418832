// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene.render;

/**
 * What a face is covered with.
 *
 * @param label train id of its pixels
 */
public record Paint(Material material, Finish finish, int label) {

    public static Paint solid(Material material, int label) {
        return new Paint(material, Finish.SOLID, label);
    }
}
