// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.stdcseg.engine.PictureSize;
import io.stdcseg.engine.RequestShape;
import io.stdcseg.engine.SegmentRequest;
import io.stdcseg.engine.Segmenter;
import io.stdcseg.engine.SegmenterOptions;
import io.stdcseg.engine.SegmenterWeights;
import io.stdcseg.engine.choice.Engines;
import io.stdcseg.frame.Confidence;
import io.stdcseg.frame.NetworkInfo;
import io.stdcseg.frame.YuvToRgb;
import io.stdcseg.label.LabelSet;
import io.stdcseg.network.InputScale;
import io.stdcseg.network.Precision;
import io.stdcseg.network.torchscript.ScriptSnippet;
import io.stdcseg.network.torchscript.TorchScriptOptions;
import io.stdcseg.network.torchscript.TorchScriptOptions.ModuleTarget;
import io.stdcseg.testing.Planes;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Planes in the place of RGB, in the graph that GPUs get, on a CPU. */
class PlanesTest {

    private static final int WIDTH = 128;
    private static final int HEIGHT = 64;
    private static final SegmenterOptions OPTIONS =
            SegmenterOptions.DEFAULTS
                    .withDevice("cpu")
                    .withPrecision("fp32")
                    .withScale(InputScale.by(0.75));

    private static final NetworkInfo INFO =
            new NetworkInfo("graph", "0.75", "pytorch", "cpu", "fp32", 1, "default", "0");

    /** Alone, as a batch and padded; what is said of how sure the network is, too. */
    @ParameterizedTest
    @CsvSource(
            nullValues = "own",
            value = {"1, 0, own", "2, 1, own", "1, 0, 0.5"})
    void theGraphMakesOfThemWhatItMakesOfTheirRgb(int count, int padding, Double scale) {
        InputScale asked = scale == null ? null : InputScale.by(scale);
        List<SegmentRequest> planes = new ArrayList<>();
        List<SegmentRequest> rgb = new ArrayList<>();
        for (int street = 1; street <= count; street++) {
            byte[] picture = Planes.street(street, WIDTH, HEIGHT);
            YuvToRgb by = street == 1 ? Planes.VIDEO : Planes.FULL_RANGE;
            byte[] same = Planes.rgb(picture, by, WIDTH, HEIGHT);
            planes.add(asking(picture, by, asked));
            rgb.add(asking(same, null, asked));
        }
        planes.addAll(Collections.nCopies(padding, planes.get(count - 1)));
        rgb.addAll(Collections.nCopies(padding, rgb.get(count - 1)));
        try (Segmenter graph = graph()) {
            graph.segment(planes);
            graph.segment(rgb);
        }

        for (int i = 0; i < count; i++) {
            SegmentRequest one = planes.get(i);
            assertThat(one.mask().array()).isEqualTo(rgb.get(i).mask().array());
            assertThat(one.confidence().array()).isEqualTo(rgb.get(i).confidence().array());
        }
        assertThat(planes.get(0).mask().array()).isNotEqualTo(new byte[WIDTH * HEIGHT]);
    }

    /** At another scale it is an archive, which takes a while to load. */
    @Test
    void whatIsPreparedForAScaleServesBothKindsAndEveryMatrix() {
        PyTorchRuntime.get(0);
        List<RequestShape> prepared = new ArrayList<>();
        byte[] planes = Planes.random(1, WIDTH, HEIGHT);
        InputScale half = InputScale.by(0.5);
        try (Segmenter segmenter =
                new TorchScriptSegmenter(
                        INFO,
                        LabelSet.of("camvid"),
                        ModelLoader.load(ScriptSnippet.RESIZE, Device.cpu()),
                        shape -> {
                            prepared.add(shape);
                            return (scope, inputs) ->
                                    new NDList(
                                            scope.zeros(
                                                    new Shape(1, HEIGHT, WIDTH), DataType.UINT8));
                        },
                        true,
                        InputScale.by(1))) {
            segmenter.segment(List.of(asking(planes, Planes.VIDEO, half).withoutConfidence()));
            segmenter.segment(List.of(asking(planes, Planes.FULL_RANGE, half).withoutConfidence()));
            byte[] rgb = Planes.rgb(planes, Planes.VIDEO, WIDTH, HEIGHT);
            segmenter.segment(List.of(asking(rgb, null, half).withoutConfidence()));
        }

        assertThat(prepared)
                .containsExactly(new RequestShape(new PictureSize(HEIGHT, WIDTH), half, false));
    }

    /** Sizes come and go while a model stays. */
    @Test
    void aMethodLeavesNothingWithItsModel() {
        PyTorchRuntime.get(0);
        try (Model model = ModelLoader.load(ScriptSnippet.RESIZE, Device.cpu())) {
            int before = model.getNDManager().getManagedArrays().size();

            ScriptMethod.named("any", model).close();

            assertThat(model.getNDManager().getManagedArrays()).hasSize(before);
        }
    }

    /** Where RGB costs no more, frames stay as they are. */
    @Test
    void onACpuNobodyIsAskedForThem() {
        try (Segmenter graph = graph();
                Segmenter usual = Engines.open(OPTIONS)) {
            assertThat(graph.takesPlanes()).isFalse();
            assertThat(usual.takesPlanes()).isFalse();
            SegmentRequest planes = Planes.request(Planes.random(1, WIDTH, HEIGHT), WIDTH, HEIGHT);
            assertThatThrownBy(() -> usual.segment(List.of(planes)))
                    .hasMessage("planes are given to a network that takes RGB");
        }
    }

    private static Segmenter graph() {
        PyTorchRuntime.get(0);
        return ModelLoader.graph(
                SegmenterWeights.read(OPTIONS),
                TorchScriptOptions.masks(InputScale.by(0.75), Precision.FP32).on(ModuleTarget.ANY),
                INFO);
    }

    private static SegmentRequest asking(byte[] picture, YuvToRgb yuvToRgb, InputScale scale) {
        return new SegmentRequest(
                WIDTH,
                HEIGHT,
                ByteBuffer.wrap(picture),
                yuvToRgb,
                ByteBuffer.allocate(WIDTH * HEIGHT),
                ByteBuffer.allocate(Confidence.BYTES * WIDTH * HEIGHT),
                scale);
    }
}
