// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.engine.SegmentRequest;
import io.stdcseg.engine.Segmenter;
import io.stdcseg.engine.Segmenter.NetworkCall;
import io.stdcseg.engine.SegmenterOptions;
import io.stdcseg.engine.choice.Engines;
import io.stdcseg.error.InputException;
import io.stdcseg.network.InputScale;
import io.stdcseg.weights.Weights;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class EagerSegmenterTest {

    private static final int WIDTH = 150;
    private static final int HEIGHT = 100;
    private static final SegmenterOptions OPTIONS =
            SegmenterOptions.DEFAULTS.withDevice("cpu").withPrecision("fp32");

    private static final SegmenterOptions EAGER = OPTIONS.withEngine("eager");

    private final Weights weights = Weights.defaults().scaled(InputScale.by(0.75));

    @Test
    void bothEnginesGiveTheSameMasks() {
        byte[] eager = masks("eager");
        byte[] script = masks("pytorch");

        int equal = 0;
        for (int i = 0; i < eager.length; i++) {
            equal += eager[i] == script[i] ? 1 : 0;
        }
        assertThat(equal).isGreaterThan(eager.length * 999 / 1000);
        assertThat(eager).as("several classes").isNotEqualTo(filled(eager.length, eager[0]));
    }

    @Test
    void theNetworkAloneRunsAgainAndAgain() {
        try (Segmenter eager = Engines.open(weights, EAGER);
                NetworkCall network = eager.network(List.of(request(1))).orElseThrow()) {
            network.await();
            network.await();
        }
    }

    @Test
    void itComputesInSinglePrecisionOnly() {
        assertThatThrownBy(() -> Engines.open(weights, EAGER.withPrecision("bf16")))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("precision bf16 is not for engine eager on cpu");
    }

    /** Of two pictures in one call. */
    private byte[] masks(String engine) {
        SegmentRequest one = request(1);
        SegmentRequest two = request(2);
        try (Segmenter segmenter = Engines.open(weights, OPTIONS.withEngine(engine))) {
            segmenter.segment(List.of(one, two));
        }
        byte[] masks = new byte[2 * WIDTH * HEIGHT];
        one.mask().get(0, masks, 0, WIDTH * HEIGHT);
        two.mask().get(0, masks, WIDTH * HEIGHT, WIDTH * HEIGHT);
        return masks;
    }

    private static byte[] filled(int length, byte value) {
        byte[] same = new byte[length];
        Arrays.fill(same, value);
        return same;
    }

    /** Bars of colours. */
    private static SegmentRequest request(int seed) {
        ByteBuffer rgb = ByteBuffer.allocateDirect(3 * WIDTH * HEIGHT);
        for (int i = 0; i < rgb.capacity(); i++) {
            int bar = i / 3 % WIDTH * 4 / WIDTH + i / 3 / WIDTH * 4 / HEIGHT + seed;
            rgb.put(i, (byte) (bar * 31 * (i % 3 + 1) % 200));
        }
        return new SegmentRequest(WIDTH, HEIGHT, rgb, ByteBuffer.allocateDirect(WIDTH * HEIGHT));
    }
}
