// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene;

import static org.assertj.core.api.Assertions.assertThat;

import io.stdcseg.engine.SegmentRequest;
import io.stdcseg.engine.Segmenter;
import io.stdcseg.engine.SegmenterOptions;
import io.stdcseg.engine.SegmenterWeights;
import io.stdcseg.engine.choice.Engines;
import io.stdcseg.label.LabelSet;
import io.stdcseg.network.InputScale;
import io.stdcseg.network.Precision;
import io.stdcseg.network.torchscript.TorchScriptOptions;
import io.stdcseg.network.torchscript.TorchScriptWriter;
import io.stdcseg.testing.Processor;
import io.stdcseg.weights.TorchScriptFile;
import io.stdcseg.weights.Weights;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The default weights in int8 on rendered streets, compared with single precision. */
class Int8SegmenterTest {

    private static final int WIDTH = 641;
    private static final int HEIGHT = 359;
    private static final int PICTURES = 3;
    private static final SegmenterOptions OPTIONS =
            SegmenterOptions.DEFAULTS
                    .withDevice("cpu")
                    .withPrecision("int8")
                    .withScale(InputScale.by(1));

    private static Segmenter segmenter;

    @BeforeAll
    static void load() {
        Processor.requireInt8();
        segmenter = Engines.open(OPTIONS);
    }

    @AfterAll
    static void free() {
        if (segmenter != null) {
            segmenter.close();
        }
    }

    @Test
    void masksAgreeWithThoseOfSinglePrecision() {
        double sum = 0;
        try (Segmenter single = Engines.open(OPTIONS.withPrecision("fp32"))) {
            for (int seed = 1; seed <= PICTURES; seed++) {
                ByteBuffer street = street(seed, WIDTH, HEIGHT);

                byte[] mask = segment(segmenter, street, WIDTH, HEIGHT);

                sum += MaskAgreement.of(mask, segment(single, street, WIDTH, HEIGHT));
            }
        }
        assertThat(sum / PICTURES).isGreaterThanOrEqualTo(0.99);
    }

    @Test
    void aBatchHoldsWhatItsPicturesAreAlone() {
        SegmentRequest one = request(street(4, WIDTH, HEIGHT), WIDTH, HEIGHT);
        SegmentRequest two = request(street(5, WIDTH, HEIGHT), WIDTH, HEIGHT);

        segmenter.segment(List.of(one, two));

        assertThat(one.mask()).isNotEqualTo(two.mask());
        assertThat(one.mask().array()).isEqualTo(segment(segmenter, one.rgb(), WIDTH, HEIGHT));
        assertThat(two.mask().array()).isEqualTo(segment(segmenter, two.rgb(), WIDTH, HEIGHT));
    }

    @Test
    void everySizeIsTaken() {
        for (int[] size : new int[][] {{33, 47}, {1, 1}, {97, 3}}) {
            ByteBuffer grey = ByteBuffer.allocateDirect(3 * size[0] * size[1]);

            assertThat(segment(segmenter, grey, size[0], size[1]))
                    .doesNotContain((byte) LabelSet.IGNORE);
        }
    }

    @Test
    void viewsAtSeveralScalesAreTakenInTheGraph() {
        ByteBuffer street = street(6, WIDTH, HEIGHT);
        try (Segmenter multiScale = Engines.open(OPTIONS.withScales(List.of(0.75, 1.0), true))) {
            byte[] mask = segment(multiScale, street, WIDTH, HEIGHT);

            assertThat(MaskAgreement.of(mask, segment(segmenter, street, WIDTH, HEIGHT)))
                    .isBetween(0.9, 0.9999);
        }
    }

    @Test
    void anExportedArchiveGivesTheSameMasks(@TempDir Path folder) throws IOException {
        String file = folder.resolve("network.pt").toString();
        TorchScriptOptions artefact = TorchScriptOptions.masks(InputScale.by(1), Precision.INT8);
        Weights weights = SegmenterWeights.read(OPTIONS);
        TorchScriptWriter.write(
                Path.of(file),
                weights.spec(),
                weights.tensorsWithRanges(),
                artefact,
                TorchScriptFile.notes(weights, artefact.describeScales(), Precision.INT8));
        ByteBuffer street = street(7, WIDTH, HEIGHT);
        try (Segmenter exported =
                Engines.open(SegmenterOptions.DEFAULTS.withDevice("cpu").withWeights(file))) {
            byte[] mask = segment(exported, street, WIDTH, HEIGHT);

            assertThat(exported.info().precision()).isEqualTo("int8");
            assertThat(MaskAgreement.of(mask, segment(segmenter, street, WIDTH, HEIGHT)))
                    .isGreaterThan(0.999);
        }
    }

    private static ByteBuffer street(int seed, int width, int height) {
        byte[] rgb = new StreetScene(seed, width, height, 25).render(10 * seed).rgb();
        return ByteBuffer.allocateDirect(rgb.length).put(0, rgb);
    }

    private static byte[] segment(Segmenter by, ByteBuffer rgb, int width, int height) {
        SegmentRequest request = request(rgb, width, height);
        by.segment(List.of(request));
        return request.mask().array();
    }

    private static SegmentRequest request(ByteBuffer rgb, int width, int height) {
        return new SegmentRequest(width, height, rgb, ByteBuffer.allocate(width * height));
    }
}
