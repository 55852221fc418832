// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.overlay;

import io.stdcseg.frame.StreamInfo;
import java.nio.ByteBuffer;

/**
 * Masked pictures of one size, as a style says: colours of the classes over or beside the picture,
 * or alone, and a legend. Keeps scratch memory, so each thread needs its own.
 */
public final class MaskedPicture {

    private final Overlay overlay;
    private final StreamInfo shown;

    /** Null unless pictures lie side by side. */
    private final PicturePair pair;

    /** Null where there is none. */
    private final Legend legend;

    private final YuvStamp band;

    /**
     * @param info size, rotation and colours of the pictures
     */
    public MaskedPicture(StreamInfo info, OverlayStyle style) {
        double opacity = style.view() == View.MASK ? 1 : style.opacity();
        this.overlay = new Overlay(style.labels(), opacity);
        this.pair = style.view() == View.SIDE_BY_SIDE ? new PicturePair(info) : null;
        this.shown = pair == null ? info : pair.info();
        int width = shown.displayWidth();
        int height = shown.displayHeight();
        this.legend = style.legend() ? new Legend(style.labels(), width, height, true) : null;
        this.band = legend == null ? null : new YuvStamp(legend.band(), 0, legend.bandTop(), shown);
    }

    /** Size and the rest of what comes out. */
    public StreamInfo info() {
        return shown;
    }

    /** Whether {@link #draw} writes a line about the picture. */
    public boolean hasStatus() {
        return legend != null;
    }

    /**
     * Draws a mask.
     *
     * @param yuv planes Y, U, V from the buffer's position on; drawn into
     * @param info of the picture
     * @param mask train ids of the upright picture, from the buffer's position on
     * @param status a line about the picture for the legend; null without one
     * @return what comes out, until the next call
     */
    public ByteBuffer draw(ByteBuffer yuv, StreamInfo info, ByteBuffer mask, String status) {
        if (pair != null) {
            pair.put(yuv, false);
        }
        overlay.draw(yuv, info, mask);
        ByteBuffer drawn = yuv;
        if (pair != null) {
            pair.put(yuv, true);
            drawn = pair.yuv();
        }
        if (legend != null) {
            band.draw(drawn);
            int left = legend.statusLeft();
            new YuvStamp(legend.status(status), left, legend.statusTop(), shown).draw(drawn);
        }
        return drawn;
    }
}
