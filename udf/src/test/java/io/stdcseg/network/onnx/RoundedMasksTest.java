// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import io.stdcseg.network.Normalisation;
import io.stdcseg.network.Precision;
import io.stdcseg.network.onnx.OnnxOptions.OnnxOutput;
import io.stdcseg.picture.Picture;
import io.stdcseg.picture.PictureReader;
import io.stdcseg.testing.Processor;
import io.stdcseg.testing.SharedData;
import io.stdcseg.weights.Weights;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What 8 and 16 bits cost on real pictures, as ONNX Runtime computes them. */
class RoundedMasksTest {

    private static final int EVERY = 25;

    @TempDir private Path folder;

    @Test
    void masksAreNearlyThoseOfFloats() throws Exception {
        Processor.requireInt8();
        Path clip = SharedData.require("camvid/val/images");
        Path floats = written(Precision.FP32);
        Path halves = written(Precision.FP16);
        Path levels = written(Precision.INT8);

        for (Path file : pictures(clip)) {
            Picture picture = PictureReader.read(file);
            byte[] mask = mask(floats, picture);

            assertThat(agreement(mask(halves, picture), mask))
                    .as("fp16 %s", file)
                    .isGreaterThan(0.999);
            assertThat(agreement(mask(levels, picture), mask))
                    .as("int8 %s", file)
                    .isGreaterThan(0.995);
        }
    }

    private Path written(Precision precision) throws Exception {
        Path file = folder.resolve(precision + ".onnx");
        OnnxOptions options = OnnxOptions.DEFAULTS.with(OnnxOutput.MASKS).with(precision);
        Weights weights = Weights.defaults();
        OnnxWriter.write(
                file, weights.spec(), weights.tensorsWithRanges(), options, weights.metadata());
        return file;
    }

    private static List<Path> pictures(Path folder) throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> all = files.sorted().toList();
            return Stream.iterate(0, i -> i < all.size(), i -> i + EVERY).map(all::get).toList();
        }
    }

    private static byte[] mask(Path file, Picture picture) throws Exception {
        int pixels = picture.width() * picture.height();
        float[] image = new float[3 * pixels];
        for (int i = 0; i < image.length; i++) {
            int colour = i / pixels;
            int level = picture.rgb()[i % pixels * 3 + colour] & 255;
            image[i] = level * Normalisation.scale()[colour] + Normalisation.shift()[colour];
        }
        return OnnxRun.of(file, image, 1, 3, picture.height(), picture.width()).bytes();
    }

    private static double agreement(byte[] mask, byte[] expected) {
        int same = 0;
        for (int i = 0; i < mask.length; i++) {
            same += mask[i] == expected[i] ? 1 : 0;
        }
        return (double) same / mask.length;
    }
}
