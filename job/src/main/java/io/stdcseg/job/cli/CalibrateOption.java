// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.cli;

import static org.apache.flink.configuration.ConfigOptions.key;

import io.stdcseg.engine.Devices;
import io.stdcseg.engine.SegmentRequest;
import io.stdcseg.engine.choice.Engines;
import io.stdcseg.engine.pytorch.Calibration;
import io.stdcseg.error.InputException;
import io.stdcseg.job.options.CliOption;
import io.stdcseg.network.Precision;
import io.stdcseg.network.quantise.ActivationRanges;
import io.stdcseg.picture.Picture;
import io.stdcseg.picture.PictureReader;
import io.stdcseg.weights.Weights;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

/** {@code --calibrate DIR}: activation ranges for int8, from pictures instead of batch norms. */
final class CalibrateOption {

    /** More hardly widen the ranges. */
    private static final int PICTURES = 16;

    private static final ConfigOption<String> CALIBRATE =
            key("calibrate")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Directory of pictures on which the ranges of numbers are measured that"
                                    + " int8 rounds to 8 bits: "
                                    + PICTURES
                                    + " of them, evenly spread. Default: what the weights hold,"
                                    + " else what their batch norms say.");

    private CalibrateOption() {}

    static CliOption<?> cli() {
        return CliOption.text(CALIBRATE, "DIR");
    }

    /** Whether a directory was given. */
    static boolean isIn(Configuration options) {
        return options.contains(CALIBRATE);
    }

    /** Weights with the ranges that were asked for. */
    static Weights apply(Configuration options, Weights weights) {
        return isIn(options)
                ? weights.calibrated(
                        new Pictures(Path.of(options.get(CALIBRATE))).rangesOf(weights))
                : weights;
    }

    /** A directory of pictures. */
    private record Pictures(Path folder) {

        ActivationRanges rangesOf(Weights weights) {
            List<Path> pictures = evenlySpread();
            Engines.require("eager", Precision.FP32, Devices.CPU);
            try (Calibration calibration = new Calibration(weights)) {
                for (Path file : pictures) {
                    Picture picture = PictureReader.read(file);
                    int pixels = picture.width() * picture.height();
                    ByteBuffer rgb = ByteBuffer.allocateDirect(picture.rgb().length);
                    rgb.put(0, picture.rgb());
                    calibration.add(
                            new SegmentRequest(
                                    picture.width(),
                                    picture.height(),
                                    rgb,
                                    ByteBuffer.allocate(pixels)));
                }
                return calibration.ranges();
            }
        }

        private List<Path> evenlySpread() {
            List<Path> all = files();
            int count = Math.min(PICTURES, all.size());
            return IntStream.range(0, count)
                    .mapToObj(i -> all.get((int) ((long) i * all.size() / count)))
                    .toList();
        }

        private List<Path> files() {
            if (!Files.isDirectory(folder)) {
                throw new InputException("--calibrate " + folder + ": no such directory");
            }
            try (Stream<Path> files = Files.list(folder)) {
                List<Path> pictures = files.filter(PictureReader::isPicture).sorted().toList();
                if (pictures.isEmpty()) {
                    throw new InputException(
                            "--calibrate "
                                    + folder
                                    + " holds no picture; allowed are "
                                    + String.join(", ", PictureReader.ENDINGS));
                }
                return pictures;
            } catch (IOException e) {
                throw new InputException(
                        "--calibrate " + folder + " cannot be read: " + e.getMessage(), e);
            }
        }
    }
}
