// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine;

import io.stdcseg.network.InputScale;
import java.util.List;
import java.util.Objects;

/**
 * Shape of a request, the same for all of a batch: the size of its picture, that of what the
 * network sees of it, and what its bytes are.
 *
 * @param scale at which the network sees the picture; null for the network's own
 * @param planes whether it has planes in the place of RGB; how they become RGB may differ
 */
public record RequestShape(PictureSize size, InputScale scale, boolean planes) {

    /** The one shape of a batch's requests. */
    public static RequestShape of(List<SegmentRequest> batch) {
        SegmentRequest first = batch.get(0);
        RequestShape shape =
                new RequestShape(PictureSize.of(batch), first.scale(), first.yuvToRgb() != null);
        for (SegmentRequest request : batch) {
            if (!of(request).equals(shape)) {
                throw new IllegalArgumentException(
                        "pictures of one batch differ in "
                                + (Objects.equals(request.scale(), first.scale())
                                        ? "kind"
                                        : "scale"));
            }
        }
        return shape;
    }

    public static RequestShape of(SegmentRequest request) {
        return new RequestShape(
                PictureSize.of(request), request.scale(), request.yuvToRgb() != null);
    }

    /** The same of RGB. */
    public RequestShape inRgb() {
        return new RequestShape(size, scale, false);
    }

    /** How many bytes a picture has. */
    public int pictureBytes() {
        int numbers = SegmentRequest.CHANNELS * size.pixels();
        return planes ? numbers / 2 : numbers;
    }

    /** The scale, or the network's own where none is asked for. */
    public InputScale scaleOr(InputScale own) {
        return scale == null ? own : scale;
    }

    /** Refuses a shape at another scale, for networks that have none. */
    public void requireOwnScale() {
        if (scale != null) {
            throw new IllegalArgumentException(
                    "scale " + scale + " is asked for of a network that has only its own");
        }
    }

    /** Refuses a shape of planes, for networks that take RGB alone. */
    public void requireRgb() {
        requireRgb(planes);
    }

    static void requireRgb(boolean planes) {
        if (planes) {
            throw new IllegalArgumentException("planes are given to a network that takes RGB");
        }
    }

    /** Refuses to say how sure a network is that gives nothing but masks. */
    public static void requireNoConfidence(List<SegmentRequest> batch) {
        if (batch.stream().anyMatch(request -> request.confidence() != null)) {
            throw new IllegalArgumentException(
                    "confidence is asked for of a network that gives masks alone");
        }
    }

    @Override
    public String toString() {
        String kind = planes ? " in YUV" : "";
        return scale == null ? size + kind : size + kind + " at scale " + scale;
    }
}
