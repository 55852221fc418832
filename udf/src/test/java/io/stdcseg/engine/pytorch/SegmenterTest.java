// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.stdcseg.engine.SegmentRequest;
import io.stdcseg.engine.Segmenter;
import io.stdcseg.engine.SegmenterOptions;
import io.stdcseg.engine.SegmenterWeights;
import io.stdcseg.engine.choice.Engines;
import io.stdcseg.error.InputException;
import io.stdcseg.frame.NetworkInfo;
import io.stdcseg.label.LabelSet;
import io.stdcseg.network.InputScale;
import io.stdcseg.network.Precision;
import io.stdcseg.network.eager.EagerNetwork;
import io.stdcseg.network.torchscript.TorchScriptOptions;
import io.stdcseg.network.torchscript.TorchScriptOptions.ModuleTarget;
import io.stdcseg.network.torchscript.TorchScriptWriter;
import io.stdcseg.testing.Processor;
import io.stdcseg.weights.TorchScriptFile;
import io.stdcseg.weights.Weights;
import io.stdcseg.weights.Weights.Overrides;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Both ways to segment: on a CPU around the network alone, and whole in the graph. */
class SegmenterTest {

    private static final int WIDTH = 150;
    private static final int HEIGHT = 100;
    private static final SegmenterOptions OPTIONS =
            SegmenterOptions.DEFAULTS
                    .withDevice("cpu")
                    .withPrecision("fp32")
                    .withScale(InputScale.by(0.75));

    private static Segmenter segmenter;

    @BeforeAll
    static void load() {
        segmenter = Engines.open(OPTIONS);
    }

    @AfterAll
    static void free() {
        segmenter.close();
    }

    @Test
    void theMaskIsTheEagerNetworksArgmax() {
        byte[] rgb = picture(1, WIDTH, HEIGHT);

        byte[] mask = segment(segmenter, rgb, WIDTH, HEIGHT);

        byte[] expected = eagerMask(rgb, WIDTH, HEIGHT, 0.75);
        assertSimilar(mask, expected);
        assertThat(mask).as("more than one class").isNotEqualTo(filled(mask));
    }

    /** As on a GPU, whatever the archive is meant for. */
    @ParameterizedTest
    @EnumSource(ModuleTarget.class)
    void theGraphSeesPicturesAtTheScaleThatIsAskedFor(ModuleTarget target) {
        assumeTrue(
                target == ModuleTarget.ANY || ModuleTarget.ofThisCpu() == target,
                "this processor is no " + target);
        byte[] rgb = picture(1, WIDTH, HEIGHT);
        TorchScriptOptions artefact =
                TorchScriptOptions.masks(InputScale.by(0.75), Precision.FP32).on(target);
        try (Segmenter graph =
                ModelLoader.graph(SegmenterWeights.read(OPTIONS), artefact, segmenter.info())) {
            assertSimilar(
                    segment(graph, rgb, WIDTH, HEIGHT), segment(segmenter, rgb, WIDTH, HEIGHT));
            for (double scale : new double[] {0.5, 0.25, 0.5}) {
                SegmentRequest asked = request(rgb, WIDTH, HEIGHT, InputScale.by(scale));

                graph.segment(List.of(asked));

                assertSimilar(bytes(asked.mask()), eagerMask(rgb, WIDTH, HEIGHT, scale));
            }
        }
    }

    /**
     * Of one call: pictures cross in one copy, what pads them not at all, and memory is used again.
     */
    @Test
    void theGraphSegmentsPaddedBatches() {
        TorchScriptOptions artefact =
                TorchScriptOptions.masks(InputScale.by(0.75), Precision.FP32).on(ModuleTarget.ANY);
        List<byte[]> pictures =
                List.of(
                        picture(1, WIDTH, HEIGHT),
                        picture(2, WIDTH, HEIGHT),
                        picture(3, WIDTH, HEIGHT));
        try (Segmenter graph =
                ModelLoader.graph(SegmenterWeights.read(OPTIONS), artefact, segmenter.info())) {
            for (int count : new int[] {2, 1, 3}) {
                List<SegmentRequest> batch = new ArrayList<>();
                for (byte[] rgb : pictures.subList(0, count)) {
                    batch.add(
                            new SegmentRequest(
                                    WIDTH,
                                    HEIGHT,
                                    ByteBuffer.wrap(rgb),
                                    ByteBuffer.allocate(WIDTH * HEIGHT)));
                }
                List<SegmentRequest> padded = new ArrayList<>(batch);
                while (padded.size() < 4) {
                    padded.add(batch.get(count - 1));
                }

                graph.segment(padded);

                for (int i = 0; i < count; i++) {
                    assertSimilar(
                            bytes(batch.get(i).mask()),
                            segment(segmenter, pictures.get(i), WIDTH, HEIGHT));
                }
            }
        }
    }

    /** By the scores that its masks were made of, at its own scale and at another. */
    @ParameterizedTest
    @ValueSource(doubles = {0.75, 0.5})
    void theGraphSaysHowSureItIs(double factor) {
        InputScale asked = factor == 0.75 ? null : InputScale.by(factor);
        SegmentRequest first = asking(picture(1, WIDTH, HEIGHT), asked);
        SegmentRequest second = asking(picture(2, WIDTH, HEIGHT), asked);
        SegmentRequest reference = asking(picture(2, WIDTH, HEIGHT), asked);
        TorchScriptOptions artefact =
                TorchScriptOptions.masks(InputScale.by(0.75), Precision.FP32).on(ModuleTarget.ANY);
        try (Segmenter graph =
                ModelLoader.graph(SegmenterWeights.read(OPTIONS), artefact, segmenter.info())) {
            graph.segment(List.of(first, second, second));
        }
        segmenter.segment(List.of(reference));

        assertSimilar(bytes(second.mask()), bytes(reference.mask()));
        byte[] said = bytes(second.confidence());
        byte[] expected = bytes(reference.confidence());
        for (int i = 0; i < said.length; i++) {
            assertThat(said[i] & 255).isCloseTo(expected[i] & 255, within(1));
        }
        assertThat(said).isNotEqualTo(bytes(first.confidence()));
    }

    private static SegmentRequest asking(byte[] rgb, InputScale scale) {
        return new SegmentRequest(
                WIDTH,
                HEIGHT,
                ByteBuffer.allocateDirect(rgb.length).put(0, rgb),
                ByteBuffer.allocateDirect(WIDTH * HEIGHT),
                ByteBuffer.allocateDirect(2 * WIDTH * HEIGHT),
                scale);
    }

    @Test
    void aBatchIsWhatItsPicturesAreAlone() {
        byte[] first = picture(2, WIDTH, HEIGHT);
        byte[] second = picture(3, WIDTH, HEIGHT);
        SegmentRequest one = request(first, WIDTH, HEIGHT);
        SegmentRequest two = request(second, WIDTH, HEIGHT);

        segmenter.segment(List.of(one, two));

        assertSimilar(bytes(one.mask()), segment(segmenter, first, WIDTH, HEIGHT));
        assertSimilar(bytes(two.mask()), segment(segmenter, second, WIDTH, HEIGHT));
    }

    /** Calls of several threads and sizes at a time neither mix up nor starve each other. */
    @Test
    @Timeout(60)
    void callsAtATimeAreWhatTheyAreAlone() throws Exception {
        int[][] sizes = {{WIDTH, HEIGHT}, {WIDTH, HEIGHT}, {HEIGHT, WIDTH}, {64, 64}};
        ExecutorService threads = Executors.newFixedThreadPool(sizes.length);
        try {
            List<Future<byte[]>> masks = new ArrayList<>();
            for (int i = 0; i < 8 * sizes.length; i++) {
                int[] size = sizes[i % sizes.length];
                byte[] rgb = picture(i % sizes.length, size[0], size[1]);
                masks.add(threads.submit(() -> segment(segmenter, rgb, size[0], size[1])));
            }
            for (int i = 0; i < masks.size(); i++) {
                int[] size = sizes[i % sizes.length];
                byte[] rgb = picture(i % sizes.length, size[0], size[1]);
                assertThat(masks.get(i).get()).isEqualTo(segment(segmenter, rgb, size[0], size[1]));
            }
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void buffersOnTheHeapAndLargerOnesWillDo() {
        byte[] rgb = picture(4, WIDTH, HEIGHT);
        ByteBuffer direct = ByteBuffer.allocateDirect(rgb.length + 100).put(0, rgb).position(3);
        SegmentRequest heap =
                new SegmentRequest(
                        WIDTH, HEIGHT, ByteBuffer.wrap(rgb), ByteBuffer.allocate(WIDTH * HEIGHT));
        SegmentRequest larger =
                new SegmentRequest(
                        WIDTH, HEIGHT, direct, ByteBuffer.allocateDirect(WIDTH * HEIGHT + 1));

        segmenter.segment(List.of(heap));
        segmenter.segment(List.of(larger));

        assertThat(heap.mask().array()).isEqualTo(segment(segmenter, rgb, WIDTH, HEIGHT));
        assertThat(larger.mask().slice(0, WIDTH * HEIGHT)).isEqualTo(heap.mask().slice());
    }

    @Test
    void everySizeIsTaken() {
        for (int[] size : new int[][] {{33, 47}, {1, 1}, {97, 3}}) {
            byte[] rgb = picture(5, size[0], size[1]);

            assertThat(segment(segmenter, rgb, size[0], size[1]))
                    .hasSize(size[0] * size[1])
                    .doesNotContain((byte) LabelSet.IGNORE);
        }
    }

    @Test
    void picturesOfABatchAreOfOneSize() {
        SegmentRequest one = request(picture(1, 40, 40), 40, 40);
        SegmentRequest two = request(picture(1, 40, 41), 40, 41);

        assertThatThrownBy(() -> segmenter.segment(List.of(one, two)))
                .hasMessage("pictures of one batch differ in size");
    }

    @Test
    void itSaysWhatIsRunning() {
        NetworkInfo info = segmenter.info();

        assertThat(info.model()).isEqualTo("stdc1-camvid");
        assertThat(info.scale()).isEqualTo("0.75");
        assertThat(info.device()).isEqualTo("cpu");
        assertThat(info.precision()).isEqualTo("fp32");
        assertThat(info.threads()).isPositive();
        assertThat(info.weightsFile()).isEqualTo("default.safetensors");
        assertThat(info.weightsSha256()).matches("[0-9a-f]{64}");
        assertThat(segmenter.labels()).isEqualTo(LabelSet.of("camvid"));
    }

    @Test
    void viewsAtSeveralScalesAreTakenTogether() {
        byte[] rgb = picture(6, WIDTH, HEIGHT);
        try (Segmenter several = Engines.open(OPTIONS.withScales(List.of(0.5, 0.75), true))) {
            assertThat(several.info().scale()).isEqualTo("0.5, 0.75 and mirrored");
            byte[] mask = segment(several, rgb, WIDTH, HEIGHT);
            byte[] mirrored = segment(several, mirror(rgb, WIDTH, 3), WIDTH, HEIGHT);

            assertSimilar(mirror(mirrored, WIDTH, 1), mask);
        }
    }

    @Test
    void bfloat16IsCloseToSingle() {
        Processor.requireBf16();
        byte[] rgb = picture(7, WIDTH, HEIGHT);
        try (Segmenter half = Engines.open(OPTIONS.withPrecision("bf16"))) {
            byte[] mask = segment(half, rgb, WIDTH, HEIGHT);
            byte[] single = segment(segmenter, rgb, WIDTH, HEIGHT);

            assertThat(share(mask, single)).isGreaterThan(0.97);
        }
    }

    @Test
    void aTorchScriptFileOfOursSaysWhatItIs(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("ours.pt");
        TorchScriptOptions masks = TorchScriptOptions.masks(InputScale.by(0.75), Precision.FP32);
        Weights weights = Weights.defaults();
        TorchScriptWriter.write(
                file,
                weights.spec(),
                weights.tensors(),
                masks,
                TorchScriptFile.notes(weights, "0.75", Precision.FP32));
        SegmenterOptions options =
                SegmenterOptions.DEFAULTS.withDevice("cpu").withWeights(file.toString());
        byte[] rgb = picture(8, WIDTH, HEIGHT);

        try (Segmenter ours = Engines.open(options)) {
            assertThat(ours.info().model()).isEqualTo("stdc1-camvid");
            assertThat(ours.info().scale()).isEqualTo("0.75");
            assertThat(ours.info().precision()).isEqualTo("fp32");
            assertThat(ours.labels()).isEqualTo(LabelSet.of("camvid"));
            // This one resizes and finds the best classes in the graph.
            assertSimilar(
                    segment(ours, rgb, WIDTH, HEIGHT), segment(segmenter, rgb, WIDTH, HEIGHT));
        }
        assertThatThrownBy(() -> Engines.open(options.withScale(InputScale.by(0.5))))
                .isInstanceOf(InputException.class)
                .hasMessageEndingWith("are not allowed with them");
    }

    @Test
    void weightsThatCannotBeUsedAreNamedInOneLine(@TempDir Path folder) throws IOException {
        Path text = Files.writeString(folder.resolve("text.pt"), "no weights at all, just text");

        for (Path file : List.of(text, folder.resolve("absent.pt"))) {
            assertThatThrownBy(() -> Engines.open(OPTIONS.withWeights(file.toString())))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining(file.toString())
                    .hasMessageNotContaining("\n");
        }
    }

    @Test
    void aGpuThatIsNotThereIsRefused() {
        assertThatThrownBy(() -> Engines.open(OPTIONS.withDevice("gpu:99")))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("device gpu:99: ");
    }

    @Test
    void aProcessWithoutDjlSaysWhatToDo() {
        ClassLoader bare = ClassLoader.getPlatformClassLoader();

        assertThatThrownBy(() -> PyTorchEngine.checkPresent(bare))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("run scripts/install-flink-lib FLINK_HOME");
    }

    private static byte[] eagerMask(byte[] rgb, int width, int height, double factor) {
        Weights weights = Weights.defaults(Overrides.NONE);
        int rows = InputScale.by(factor).inputHeight(height);
        int columns = InputScale.by(factor).inputWidth(width, height);
        try (NDManager manager = NDManager.newBaseManager()) {
            EagerNetwork network = new EagerNetwork(weights.spec(), weights.tensors(), manager);
            NDArray picture =
                    manager.create(
                            ByteBuffer.wrap(rgb), new Shape(1, height, width, 3), DataType.UINT8);
            NDArray image = EagerNetwork.resize(EagerNetwork.normalise(picture), rows, columns);
            NDArray scores = EagerNetwork.resize(network.logits(image), rows, columns);
            NDArray full = EagerNetwork.resize(scores, height, width);
            return bytes(full.argMax(1).toType(DataType.UINT8, false).toByteBuffer());
        }
    }

    private static byte[] segment(Segmenter by, byte[] rgb, int width, int height) {
        SegmentRequest request = request(rgb, width, height);
        by.segment(List.of(request));
        return bytes(request.mask());
    }

    private static SegmentRequest request(byte[] rgb, int width, int height) {
        return request(rgb, width, height, null);
    }

    private static SegmentRequest request(byte[] rgb, int width, int height, InputScale scale) {
        ByteBuffer direct = ByteBuffer.allocateDirect(rgb.length).put(0, rgb);
        return new SegmentRequest(
                width, height, direct, ByteBuffer.allocateDirect(width * height), scale);
    }

    /** Coloured bars on noise: enough for the network to see several classes. */
    private static byte[] picture(int seed, int width, int height) {
        byte[] rgb = new byte[3 * width * height];
        Random random = new Random(seed);
        random.nextBytes(rgb);
        for (int i = 0; i < width * height; i++) {
            int bar = i % width * 4 / width + i / width * 4 / height + seed;
            for (int c = 0; c < 3; c++) {
                rgb[3 * i + c] = (byte) (bar * 31 * (c + 1) % 200 + (rgb[3 * i + c] & 31));
            }
        }
        return rgb;
    }

    private static byte[] mirror(byte[] pixels, int width, int channels) {
        byte[] mirrored = new byte[pixels.length];
        for (int i = 0; i < pixels.length / channels; i++) {
            int to = i / width * width + width - 1 - i % width;
            System.arraycopy(pixels, i * channels, mirrored, to * channels, channels);
        }
        return mirrored;
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.capacity()];
        buffer.get(0, bytes);
        return bytes;
    }

    private static byte[] filled(byte[] mask) {
        byte[] same = new byte[mask.length];
        Arrays.fill(same, mask[0]);
        return same;
    }

    private static void assertSimilar(byte[] actual, byte[] expected) {
        assertThat(share(actual, expected)).isGreaterThan(0.999);
    }

    private static double share(byte[] actual, byte[] expected) {
        assertThat(actual).hasSameSizeAs(expected);
        int equal = 0;
        for (int i = 0; i < actual.length; i++) {
            equal += actual[i] == expected[i] ? 1 : 0;
        }
        return equal / (double) actual.length;
    }
}
