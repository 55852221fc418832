// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene.render;

/**
 * Paint of a face: its material, how that hides what lies behind, and its class.
 *
 * @param label train id of its pixels
 */
public record Paint(Material material, Finish finish, int label) {

    /** Finish of a face: how it hides what lies behind it. */
    public enum Finish {
        /** Everywhere: opaque. */
        SOLID,
        /** Where its material says that it covers: an alpha test. */
        CUT_OUT,
        /** By its material's opacity, blended; the nearest veil counts, and carries the label. */
        VEIL,
        /** A veil that leaves the label of what lies behind. */
        SHADE
    }
}
