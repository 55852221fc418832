// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training;

import io.stdcseg.engine.RequestShape;
import io.stdcseg.engine.SegmentRequest;
import io.stdcseg.engine.Segmenter;
import io.stdcseg.training.data.LabelledPicture;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Batch of validation pictures that wait to be segmented, in memory that serves again. A call of
 * the network takes those that follow each other and are of one size. For one thread.
 */
final class ValidationBatch {

    private final List<Slot> slots = new ArrayList<>();
    private int used;

    /** A picture and its memory. */
    private static final class Slot {
        int index;
        LabelledPicture picture;
        ByteBuffer rgb = ByteBuffer.allocateDirect(0);
        ByteBuffer mask = ByteBuffer.allocateDirect(0);

        void set(int newIndex, LabelledPicture newPicture) {
            index = newIndex;
            picture = newPicture;
            int pixels = picture.width() * picture.height();
            if (mask.capacity() != pixels) {
                rgb = ByteBuffer.allocateDirect(3 * pixels);
                mask = ByteBuffer.allocateDirect(pixels);
            }
            rgb.put(0, picture.rgb());
        }

        SegmentRequest request() {
            return new SegmentRequest(picture.width(), picture.height(), rgb, mask);
        }
    }

    /** Segments requests of one size in as few calls as the network and its memory allow. */
    static void segment(Segmenter segmenter, List<SegmentRequest> requests) {
        segment(segmenter, requests, segmenter.mostPictures(RequestShape.of(requests)));
    }

    private static void segment(Segmenter segmenter, List<SegmentRequest> requests, int most) {
        int step = Math.min(most, requests.size());
        for (int i = 0; i < requests.size(); i += step) {
            List<SegmentRequest> call = requests.subList(i, Math.min(i + step, requests.size()));
            try {
                segmenter.segment(call);
            } catch (RuntimeException e) {
                if (call.size() == 1 || !segmenter.ranOutOfMemory(e)) {
                    throw e;
                }
                segment(segmenter, call, call.size() / 2);
            }
        }
    }

    /** What is done with each mask. */
    @FunctionalInterface
    interface MaskUser {

        /**
         * Gets a mask, which is valid during the call.
         *
         * @param index of the picture
         * @param mask train ids, from position 0 on
         */
        void accept(int index, LabelledPicture picture, ByteBuffer mask);
    }

    /** Adds a picture. */
    void add(int index, LabelledPicture picture) {
        if (used == slots.size()) {
            slots.add(new Slot());
        }
        slots.get(used++).set(index, picture);
    }

    /**
     * Segments all, in order, and forgets them.
     *
     * @param network fills the masks of requests of one size
     */
    void segment(Consumer<List<SegmentRequest>> network, MaskUser user) {
        int first = 0;
        while (first < used) {
            LabelledPicture shape = slots.get(first).picture;
            int end = first + 1;
            while (end < used && isAlike(slots.get(end).picture, shape)) {
                end++;
            }
            List<Slot> call = slots.subList(first, end);
            network.accept(call.stream().map(Slot::request).toList());
            call.forEach(slot -> user.accept(slot.index, slot.picture, slot.mask.clear()));
            first = end;
        }
        used = 0;
    }

    private static boolean isAlike(LabelledPicture a, LabelledPicture b) {
        return a.width() == b.width() && a.height() == b.height();
    }
}
