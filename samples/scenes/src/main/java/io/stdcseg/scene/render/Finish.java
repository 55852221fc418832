// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene.render;

/** How a face hides what lies behind it. */
public enum Finish {
    /** Everywhere. */
    SOLID,
    /** Where its material says that it covers. */
    CUT_OUT,
    /** By its material's opacity; the nearest veil counts, and carries the label. */
    VEIL,
    /** A veil that leaves the label of what lies behind. */
    SHADE
}
