// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine;

import io.stdcseg.network.InputScale;
import java.util.List;

/**
 * Shape of a request, the same for all of a batch: the size of its picture, and that of what the
 * network sees of it.
 *
 * @param scale at which the network sees the picture; null for the network's own
 */
public record RequestShape(PictureSize size, InputScale scale) {

    /** The one shape of a batch's requests. */
    public static RequestShape of(List<SegmentRequest> batch) {
        RequestShape shape = new RequestShape(PictureSize.of(batch), batch.get(0).scale());
        for (SegmentRequest request : batch) {
            if (!of(request).equals(shape)) {
                throw new IllegalArgumentException("pictures of one batch differ in scale");
            }
        }
        return shape;
    }

    public static RequestShape of(SegmentRequest request) {
        return new RequestShape(PictureSize.of(request), request.scale());
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

    /** Refuses to say how sure a network is that gives nothing but masks. */
    public static void requireNoConfidence(List<SegmentRequest> batch) {
        if (batch.stream().anyMatch(request -> request.confidence() != null)) {
            throw new IllegalArgumentException(
                    "confidence is asked for of a network that gives masks alone");
        }
    }

    @Override
    public String toString() {
        return scale == null ? size.toString() : size + " at scale " + scale;
    }
}
