// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import io.stdcseg.network.ModelSpec;
import io.stdcseg.network.Normalisation;
import io.stdcseg.network.Precision;
import io.stdcseg.network.Variant;
import io.stdcseg.network.onnx.OnnxOptions.OnnxInput;
import io.stdcseg.network.onnx.OnnxOptions.OnnxOutput;
import io.stdcseg.testing.HashedWeights;
import io.stdcseg.testing.Processor;
import io.stdcseg.testing.Reference;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs the written files in ONNX Runtime, against numbers of the published implementation. */
class OnnxRuntimeTest {

    private static final double TOLERANCE = 1e-3;

    /** The reference keeps every 16th row and column of large scores. */
    private static final int SLICE = 16;

    private static final ModelSpec SMALL = new ModelSpec(Variant.STDC1, 11);
    private static final String ODD = "forward_stdc1_90x122_c11";
    private static final int ROWS = 90;
    private static final int COLUMNS = 122;

    @TempDir private Path folder;

    @ParameterizedTest
    @CsvSource({
        "STDC1, 128, 256, 19, true",
        "STDC1, 90, 122, 11, true",
        "STDC1, 90, 122, 11, false",
        "STDC2, 128, 256, 19, false",
        "STDC2, 90, 122, 11, true"
    })
    void scoresAreThePublishedOnes(
            Variant variant, int rows, int columns, int classes, boolean fixed) throws Exception {
        String name =
                String.format(
                        Locale.ROOT,
                        "forward_%s_%dx%d_c%d",
                        variant.label(),
                        rows,
                        columns,
                        classes);
        Reference reference = Reference.read(name);
        OnnxInput size = fixed ? OnnxInput.of(rows, columns) : OnnxInput.ANY_SIZE;

        OnnxRun run =
                OnnxRun.of(
                        written(new ModelSpec(variant, classes), OnnxOptions.DEFAULTS.with(size)),
                        image(reference),
                        1,
                        3,
                        rows,
                        columns);

        assertThat(run.shape()).containsExactly(1, classes, rows, columns);
        reference.assertClose("out_slice", run.floats(), run.shape(), SLICE, TOLERANCE);
        assertThat(reference.agreement("out_mask", run.best())).isGreaterThan(0.999);
    }

    @ParameterizedTest
    @CsvSource({"1, 90, 122", "1, 0, 0", "0, 90, 122", "0, 0, 0", "1, 90, 0"})
    void smallScoresLieChannelsLast(int batch, int rows, int columns) throws Exception {
        Reference reference = Reference.read(ODD);
        OnnxOptions options =
                OnnxOptions.DEFAULTS
                        .with(OnnxOutput.SCORES)
                        .with(new OnnxInput(batch, rows, columns));

        OnnxRun run =
                OnnxRun.of(
                        written(SMALL, options),
                        channelsLast(image(reference)),
                        1,
                        ROWS,
                        COLUMNS,
                        3);

        assertThat(run.shape()).containsExactly(1, 12, 16, 11);
        float[] planes = new float[run.floats().length];
        for (int i = 0; i < planes.length; i++) {
            planes[i % 11 * 12 * 16 + i / 11] = run.floats()[i];
        }
        reference.assertClose("logits_8", planes, new long[] {1, 11, 12, 16}, 1, TOLERANCE);
    }

    @ParameterizedTest
    @CsvSource({"FP32, 3, 90, 122", "FP32, 0, 90, 122", "FP32, 0, 0, 0", "INT8, 3, 90, 122"})
    void everyPictureOfABatchIsOnItsOwn(Precision precision, int batch, int rows, int columns)
            throws Exception {
        float[] image = image(Reference.read(ODD));
        float[] three = new float[3 * image.length];
        for (int i = 0; i < image.length; i++) {
            three[i] = image[i];
            three[image.length + i] = -image[i];
            three[2 * image.length + i] = image[i];
        }
        OnnxOptions options = OnnxOptions.DEFAULTS.with(OnnxOutput.MASKS).with(precision);

        byte[] masks =
                OnnxRun.of(
                                written(SMALL, options.with(new OnnxInput(batch, rows, columns))),
                                three,
                                3,
                                3,
                                ROWS,
                                COLUMNS)
                        .bytes();
        byte[] single = OnnxRun.of(written(SMALL, options), image, 1, 3, ROWS, COLUMNS).bytes();

        int pixels = ROWS * COLUMNS;
        assertThat(masks).hasSize(3 * pixels);
        assertThat(agreement(masks, 0, single)).isGreaterThan(0.9999);
        assertThat(agreement(masks, 2 * pixels, single)).isGreaterThan(0.9999);
        assertThat(agreement(masks, pixels, single)).isLessThan(0.9);
    }

    @ParameterizedTest
    @CsvSource({"FP32, 0.999", "FP16, 0.99"})
    void masksAreThePublishedOnes(Precision precision, double least) throws Exception {
        Reference reference = Reference.read(ODD);

        OnnxRun run =
                OnnxRun.of(
                        written(SMALL, OnnxOptions.DEFAULTS.with(OnnxOutput.MASKS).with(precision)),
                        image(reference),
                        1,
                        3,
                        ROWS,
                        COLUMNS);

        assertThat(run.shape()).containsExactly(1, ROWS, COLUMNS);
        assertThat(reference.agreement("out_mask", run.bytes())).isGreaterThan(least);
    }

    @Test
    void convolutionsOfLevelsAreComputedOnLevels() throws Exception {
        Processor.requireInt8();
        Path file =
                written(
                        SMALL,
                        OnnxOptions.DEFAULTS.with(OnnxInput.of(96, 128)).with(Precision.INT8));
        Path optimised = folder.resolve("optimised.onnx");

        OnnxRun.optimise(file, optimised);

        Map<String, Long> operators =
                ProtobufFields.parse(ByteBuffer.wrap(Files.readAllBytes(optimised)))
                        .message(7)
                        .messages(1)
                        .stream()
                        .collect(Collectors.groupingBy(n -> n.text(4), Collectors.counting()));
        // 41 convolutions but for five on single pixels and the last, and three means.
        assertThat(operators)
                .containsEntry("QLinearConv", 38L)
                .containsEntry("FusedConv", 5L)
                .containsEntry("Conv", 1L)
                .containsEntry("QLinearConcat", 7L)
                .containsEntry("QLinearMul", 1L)
                .doesNotContainKey("AveragePool");
    }

    private static double agreement(byte[] masks, int from, byte[] mask) {
        int same = 0;
        for (int i = 0; i < mask.length; i++) {
            same += masks[from + i] == mask[i] ? 1 : 0;
        }
        return (double) same / mask.length;
    }

    private Path written(ModelSpec spec, OnnxOptions options) throws Exception {
        Path file = folder.resolve("network.onnx");
        OnnxWriter.write(file, spec, HashedWeights.plain(spec), options, Map.of());
        return file;
    }

    /** Normalised, plane by plane. */
    private static float[] image(Reference reference) {
        byte[] levels = reference.bytes("image");
        float[] image = new float[levels.length];
        int area = levels.length / 3;
        for (int i = 0; i < levels.length; i++) {
            int colour = i / area;
            image[i] =
                    (levels[i] & 255) * Normalisation.scale()[colour]
                            + Normalisation.shift()[colour];
        }
        return image;
    }

    private static float[] channelsLast(float[] planes) {
        float[] pixels = new float[planes.length];
        int area = planes.length / 3;
        for (int i = 0; i < planes.length; i++) {
            pixels[i % area * 3 + i / area] = planes[i];
        }
        return pixels;
    }
}
