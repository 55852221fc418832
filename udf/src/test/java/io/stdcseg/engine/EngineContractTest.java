// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.stdcseg.engine.choice.Engines;
import io.stdcseg.frame.NetworkInfo;
import io.stdcseg.label.LabelSet;
import io.stdcseg.network.InputScale;
import io.stdcseg.network.ModelSpec;
import io.stdcseg.network.Precision;
import io.stdcseg.network.Variant;
import io.stdcseg.testing.HashedWeights;
import io.stdcseg.testing.Reference;
import io.stdcseg.testing.Streets;
import io.stdcseg.weights.Weights;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What every engine promises, in every precision that works on this machine. */
class EngineContractTest {

    private static final int WIDTH = 256;
    private static final int HEIGHT = 128;
    private static final int CLASSES = 19;

    /** Shares of pixels, as measured; in a street this small edges are much of it. */
    private static final double SINGLE = 0.999;

    private static final double BFLOAT = 0.995;
    private static final double LEVELS = 0.985;

    static Stream<Arguments> enginesAndPrecisions() {
        return Engines.all().stream()
                .flatMap(
                        engine ->
                                engine.precisions("cpu").stream()
                                        .filter(p -> Engines.works(engine.name(), p, "cpu"))
                                        .map(p -> Arguments.of(engine.name(), p)));
    }

    static Stream<String> engines() {
        return Engines.all().stream().map(Engine::name);
    }

    @Test
    void thereAreThree() {
        assertThat(engines()).containsExactly("pytorch", "onnxruntime", "eager");
    }

    @ParameterizedTest
    @MethodSource("engines")
    void masksAreThoseOfThePublishedEvaluation(String engine) {
        for (Variant variant : Variant.values()) {
            ModelSpec spec = new ModelSpec(variant, CLASSES);
            Reference reference =
                    Reference.read("evaluate_" + variant.label() + "_128x256_scale50");
            SegmenterOptions options = options(engine, Precision.FP32);
            try (Segmenter segmenter = Engines.open(hashed(spec), options)) {
                for (int i = 0; i < 3; i++) {
                    SegmentRequest request = request(reference.interleaved("image" + i));

                    segmenter.segment(List.of(request));

                    assertThat(reference.agreement("pred" + i, bytes(request.mask())))
                            .isGreaterThanOrEqualTo(SINGLE);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("enginesAndPrecisions")
    void fewerBitsLeaveMasksNearlyAsTheyAre(String engine, Precision precision) {
        double least =
                switch (precision) {
                    case FP32 -> SINGLE;
                    case BF16, FP16 -> BFLOAT;
                    case INT8 -> LEVELS;
                };

        double agreement =
                IntStream.rangeClosed(1, 3)
                        .mapToObj(street -> Streets.rgb(street, WIDTH, HEIGHT))
                        .mapToDouble(
                                rgb ->
                                        agreement(
                                                mask(options(engine, precision), rgb),
                                                mask(options("pytorch", Precision.FP32), rgb)))
                        .average()
                        .orElseThrow();

        assertThat(agreement).isBetween(least, 1.0);
    }

    @ParameterizedTest
    @MethodSource("enginesAndPrecisions")
    void aBatchIsWhatItsPicturesAreAlone(String engine, Precision precision) {
        SegmentRequest one = request(Streets.rgb(2, WIDTH, HEIGHT));
        SegmentRequest two = request(Streets.rgb(3, WIDTH, HEIGHT));
        try (Segmenter segmenter = Engines.open(options(engine, precision))) {
            segmenter.segment(List.of(one));
            segmenter.segment(List.of(two));
            byte[] first = bytes(one.mask());
            byte[] second = bytes(two.mask());

            segmenter.segment(List.of(one, two));

            assertThat(agreement(bytes(one.mask()), first)).isCloseTo(1, within(1 - SINGLE));
            assertThat(agreement(bytes(two.mask()), second)).isCloseTo(1, within(1 - SINGLE));
            assertThat(first).isNotEqualTo(second);
        }
    }

    @ParameterizedTest
    @MethodSource("enginesAndPrecisions")
    void aRequestMayAskForAnotherScale(String engine, Precision precision) {
        byte[] rgb = Streets.rgb(3, WIDTH, HEIGHT);
        InputScale other = InputScale.by(0.375);
        SegmentRequest usual = request(rgb);
        SegmentRequest asked =
                new SegmentRequest(
                        WIDTH,
                        HEIGHT,
                        usual.rgb(),
                        ByteBuffer.allocateDirect(WIDTH * HEIGHT),
                        other);
        try (Segmenter segmenter = Engines.open(options(engine, precision))) {
            segmenter.segment(List.of(usual));
            segmenter.segment(List.of(asked));

            assertThat(segmenter.scale()).contains(InputScale.by(1));
            assertThatThrownBy(() -> segmenter.segment(List.of(usual, asked)))
                    .hasMessage("pictures of one batch differ in scale");
        }

        assertThat(bytes(asked.mask()))
                .isEqualTo(mask(options(engine, precision).withScale(other), rgb))
                .isNotEqualTo(bytes(usual.mask()));
    }

    /** Asking changes no mask; what all engines say of it is what one does. */
    @ParameterizedTest
    @MethodSource("enginesAndPrecisions")
    void aRequestMayAskForConfidence(String engine, Precision precision) {
        SegmentRequest usual = request(Streets.rgb(2, WIDTH, HEIGHT));
        SegmentRequest other = request(Streets.rgb(3, WIDTH, HEIGHT));
        SegmentRequest asked = asking(usual);
        SegmentRequest reference = asking(usual);
        try (Segmenter segmenter = Engines.open(options(engine, precision));
                Segmenter plain = Engines.open(options("pytorch", Precision.FP32))) {
            segmenter.segment(List.of(usual));
            segmenter.segment(List.of(other, asked));
            plain.segment(List.of(reference));
        }

        assertThat(agreement(bytes(asked.mask()), bytes(usual.mask())))
                .isCloseTo(1, within(1 - SINGLE));
        double off = 0;
        int pixels = WIDTH * HEIGHT;
        for (int i = 0; i < 2 * pixels; i++) {
            int value = asked.confidence().get(i) & 255;
            off += Math.abs(value - (reference.confidence().get(i) & 255)) / 255.0;
            if (i < pixels) {
                assertThat(value).isLessThanOrEqualTo(asked.confidence().get(pixels + i) & 255);
            }
        }
        assertThat(off / (2 * pixels)).isLessThan(precision == Precision.FP32 ? 1e-4 : 0.04);
    }

    private static SegmentRequest asking(SegmentRequest usual) {
        return new SegmentRequest(
                WIDTH,
                HEIGHT,
                usual.rgb(),
                ByteBuffer.allocateDirect(WIDTH * HEIGHT),
                ByteBuffer.allocateDirect(2 * WIDTH * HEIGHT),
                null);
    }

    /** But for the eager one, which sees one view. */
    @ParameterizedTest
    @MethodSource("enginesAndPrecisions")
    void viewsAtSeveralScalesAreAddedUp(String engine, Precision precision) {
        if (engine.equals("eager")) {
            return;
        }
        byte[] rgb = Streets.rgb(3, WIDTH, HEIGHT);
        List<Double> scales = List.of(0.75, 1.0);

        byte[] mask = mask(options(engine, precision).withScales(scales, true), rgb);

        byte[] usual = mask(options("pytorch", precision(precision)).withScales(scales, true), rgb);
        assertThat(agreement(mask, usual))
                .isGreaterThan(precision == Precision.FP32 ? SINGLE : LEVELS);
        byte[] once = mask(options(engine, precision).withScale(InputScale.by(0.75)), rgb);
        assertThat(agreement(mask, once)).isLessThan(SINGLE);
        SegmentRequest asked = asking(request(rgb));
        try (Segmenter segmenter =
                Engines.open(options(engine, precision).withScales(scales, true))) {
            assertThatThrownBy(() -> segmenter.segment(List.of(asked)))
                    .hasMessage("confidence is asked for of a network that gives masks alone");
        }
    }

    @ParameterizedTest
    @MethodSource("enginesAndPrecisions")
    void whatRunsIsSaid(String engine, Precision precision) {
        try (Segmenter segmenter = Engines.open(options(engine, precision))) {
            NetworkInfo info = segmenter.info();

            assertThat(info.engine()).isEqualTo(engine);
            assertThat(info.precision()).isEqualTo(name(precision));
            assertThat(info.device()).isEqualTo("cpu");
            assertThat(info.model()).isEqualTo("stdc1-camvid");
            assertThat(info.scale()).isEqualTo("1.0");
        }
    }

    /** The graph of one engine that both are held against. */
    private static Precision precision(Precision own) {
        return own == Precision.INT8 ? Precision.FP32 : own;
    }

    private static SegmenterOptions options(String engine, Precision precision) {
        return SegmenterOptions.DEFAULTS
                .withDevice("cpu")
                .withEngine(engine)
                .withPrecision(name(precision))
                .withScale(InputScale.by(1));
    }

    private static String name(Precision precision) {
        return precision.label();
    }

    private static Weights hashed(ModelSpec spec) {
        return new Weights(
                spec,
                HashedWeights.plain(spec),
                LabelSet.of("cityscapes"),
                InputScale.by(0.5),
                spec.variant().label() + "-seg50",
                "hashed",
                "");
    }

    private static byte[] mask(SegmenterOptions options, byte[] rgb) {
        SegmentRequest request = request(rgb);
        try (Segmenter segmenter = Engines.open(options)) {
            segmenter.segment(List.of(request));
        }
        return bytes(request.mask());
    }

    private static SegmentRequest request(byte[] rgb) {
        ByteBuffer picture = ByteBuffer.allocateDirect(rgb.length).put(0, rgb);
        return new SegmentRequest(
                WIDTH, HEIGHT, picture, ByteBuffer.allocateDirect(WIDTH * HEIGHT));
    }

    private static byte[] bytes(ByteBuffer mask) {
        byte[] bytes = new byte[mask.capacity()];
        mask.get(0, bytes);
        return bytes;
    }

    private static double agreement(byte[] a, byte[] b) {
        return IntStream.range(0, a.length).filter(i -> a[i] == b[i]).count() / (double) a.length;
    }
}
