// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.overlay;

import io.stdcseg.label.LabelSet;
import java.io.Serializable;

/**
 * Style of masked pictures.
 *
 * @param labels whose colours are drawn
 * @param opacity of the colours: 0 leaves the picture as it is, 1 hides it
 * @param view what is shown
 * @param legend whether classes, and what is known of the frame, are written into the picture
 */
public record OverlayStyle(LabelSet labels, double opacity, View view, boolean legend)
        implements Serializable {

    /** Colours over the picture, and nothing else. */
    public OverlayStyle(LabelSet labels, double opacity) {
        this(labels, opacity, View.OVERLAY, false);
    }
}
