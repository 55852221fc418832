// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.overlay;

/** What a masked video shows. */
public enum View {
    /** The picture under the colours of its classes. */
    OVERLAY,
    /** The picture as it is, and beside it the same under its colours. */
    SIDE_BY_SIDE,
    /** The colours alone. */
    MASK
}
