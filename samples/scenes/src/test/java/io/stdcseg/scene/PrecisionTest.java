// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene;

import static org.assertj.core.api.Assertions.assertThat;

import io.stdcseg.engine.SegmentRequest;
import io.stdcseg.engine.Segmenter;
import io.stdcseg.engine.SegmenterOptions;
import io.stdcseg.engine.choice.Engines;
import io.stdcseg.network.InputScale;
import io.stdcseg.network.Precision;
import io.stdcseg.network.torchscript.TorchScriptOptions;
import io.stdcseg.network.torchscript.TorchScriptOptions.ModuleTarget;
import io.stdcseg.network.torchscript.TorchScriptWriter;
import io.stdcseg.scene.render.Framebuffer;
import io.stdcseg.testing.Processor;
import io.stdcseg.weights.TorchScriptFile;
import io.stdcseg.weights.Weights;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The default weights in half precision on a rendered street, compared with single precision. */
class PrecisionTest {

    private static final int WIDTH = 320;
    private static final int HEIGHT = 240;
    private static final double LEAST_AGREEMENT = 0.995;

    private final Framebuffer picture = new StreetScene(11, WIDTH, HEIGHT, 25).render(40);

    @TempDir private Path folder;

    @Test
    void bfloat16AsProcessorsRunIt() throws IOException {
        Processor.requireBf16();
        assertThat(agreement(Precision.BF16, ModuleTarget.ofThisCpu()))
                .isGreaterThan(LEAST_AGREEMENT)
                .isLessThan(1);
    }

    /** The archive is the one that goes to a GPU; a CPU takes long for it, but takes it. */
    @Test
    void float16AsGpusRunIt() throws IOException {
        assertThat(agreement(Precision.FP16, ModuleTarget.ANY))
                .isGreaterThan(LEAST_AGREEMENT)
                .isLessThan(1);
    }

    /** Share of the pixels that have the class which single precision gives them. */
    private double agreement(Precision precision, ModuleTarget target) throws IOException {
        return MaskAgreement.of(mask(Precision.FP32, target), mask(precision, target));
    }

    private byte[] mask(Precision precision, ModuleTarget target) throws IOException {
        Path archive = folder.resolve(precision + ".pt");
        TorchScriptOptions masks = TorchScriptOptions.masks(InputScale.by(1), precision);
        Weights weights = Weights.defaults();
        TorchScriptWriter.write(
                archive,
                weights.spec(),
                weights.tensorsWithRanges(),
                masks.on(target),
                TorchScriptFile.notes(weights, masks.describeScales(), precision));
        SegmenterOptions options =
                SegmenterOptions.DEFAULTS.withDevice("cpu").withWeights(archive.toString());
        byte[] mask = new byte[WIDTH * HEIGHT];
        try (Segmenter segmenter = Engines.open(options)) {
            segmenter.segment(
                    List.of(
                            new SegmentRequest(
                                    WIDTH,
                                    HEIGHT,
                                    ByteBuffer.wrap(picture.rgb()),
                                    ByteBuffer.wrap(mask))));
        }
        return mask;
    }
}
