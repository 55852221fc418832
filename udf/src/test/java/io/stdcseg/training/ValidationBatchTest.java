// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.engine.SegmentRequest;
import io.stdcseg.testing.FakeSegmenter;
import io.stdcseg.training.data.LabelledPicture;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ValidationBatchTest {

    private final List<String> calls = new ArrayList<>();
    private final List<String> seen = new ArrayList<>();
    private final ValidationBatch batch = new ValidationBatch();

    /** A picture of one level. */
    private static LabelledPicture picture(int width, int height, int level) {
        byte[] rgb = new byte[3 * width * height];
        Arrays.fill(rgb, (byte) level);
        return new LabelledPicture("test", width, height, rgb, new byte[width * height]);
    }

    /** Makes a mask of the level of each picture. */
    private void segment(List<SegmentRequest> requests) {
        calls.add(requests.size() + " of " + requests.get(0).width());
        for (SegmentRequest request : requests) {
            for (int i = 0; i < request.pixels(); i++) {
                request.mask().put(i, request.rgb().get(3 * i + 2));
            }
        }
    }

    private void segment() {
        batch.segment(
                this::segment,
                (index, picture, mask) -> {
                    assertThat(mask.remaining()).isEqualTo(picture.width() * picture.height());
                    seen.add(index + ": " + mask.get(mask.remaining() - 1));
                });
    }

    @Test
    void neighboursOfOneSizeShareACall() {
        batch.add(4, picture(8, 6, 40));
        batch.add(5, picture(8, 6, 50));
        batch.add(6, picture(9, 6, 60));
        batch.add(7, picture(8, 6, 70));
        segment();

        assertThat(calls).containsExactly("2 of 8", "1 of 9", "1 of 8");
        assertThat(seen).containsExactly("4: 40", "5: 50", "6: 60", "7: 70");
    }

    @Test
    void aCallIsAsLargeAsTheNetworkAndItsMemoryAllow() {
        FakeSegmenter segmenter = new FakeSegmenter("gpu0");
        segmenter.mostPictures = 5;
        segmenter.mostThatFit = 2;
        for (int i = 0; i < 8; i++) {
            batch.add(i, picture(2, 2, i));
        }
        batch.segment(
                requests -> ValidationBatch.segment(segmenter, requests),
                (index, picture, mask) -> seen.add(index + ": " + mask.get(0)));

        assertThat(segmenter.batches).containsExactly(5, 2, 2, 1, 3, 1, 1, 1);
        assertThat(seen)
                .containsExactly("0: 0", "1: 1", "2: 2", "3: 3", "4: 4", "5: 5", "6: 6", "7: 7");
    }

    @Test
    void whatElseFailsFails() {
        FakeSegmenter segmenter = new FakeSegmenter("gpu0");
        segmenter.onCall =
                () -> {
                    throw new IllegalStateException("torn");
                };
        batch.add(0, picture(2, 2, 0));
        batch.add(1, picture(2, 2, 1));

        assertThatThrownBy(
                        () ->
                                batch.segment(
                                        requests -> ValidationBatch.segment(segmenter, requests),
                                        (index, picture, mask) -> seen.add("")))
                .hasMessage("torn");
        assertThat(segmenter.calls).hasValue(1);
    }

    @Test
    void whatIsDoneIsForgotten() {
        batch.add(0, picture(8, 6, 10));
        batch.add(1, picture(8, 6, 11));
        segment();
        batch.add(2, picture(4, 4, 12));
        segment();
        segment();

        assertThat(calls).containsExactly("2 of 8", "1 of 4");
        assertThat(seen).containsExactly("0: 10", "1: 11", "2: 12");
    }
}
