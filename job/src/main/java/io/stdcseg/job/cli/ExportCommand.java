// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.cli;

import static org.apache.flink.configuration.ConfigOptions.key;

import io.stdcseg.checkpoint.Weights;
import io.stdcseg.error.InputException;
import io.stdcseg.inference.SegmentRequest;
import io.stdcseg.inference.Segmenter;
import io.stdcseg.inference.SegmenterOptions;
import io.stdcseg.job.options.CliOption;
import io.stdcseg.job.options.NetworkOptions;
import io.stdcseg.network.ElementType;
import io.stdcseg.network.Precision;
import io.stdcseg.network.torchscript.ArtefactOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

/** {@code export}: ours to others'. */
final class ExportCommand implements Command {

    private static final ConfigOption<Format> FORMAT =
            key("format")
                    .enumType(Format.class)
                    .noDefaultValue()
                    .withDescription(
                            "torchscript: 8-bit RGB pictures in (N, H, W, 3), train ids out (N, H,"
                                    + " W), any size. safetensors: the parameters.");

    private static final ConfigOption<String> OUTPUT =
            key("output").stringType().noDefaultValue().withDescription("File to write.");

    private static final ConfigOption<String> INPUT =
            key("input")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Size of a picture, HEIGHTxWIDTH, on which a TorchScript archive is"
                                    + " tried before the command ends.");

    private enum Format {
        TORCHSCRIPT,
        SAFETENSORS
    }

    @Override
    public String name() {
        return "export";
    }

    @Override
    public String description() {
        return "Writes weights for others: TorchScript for any libtorch, or safetensors.";
    }

    @Override
    public List<CliOption<?>> options() {
        return List.of(
                NetworkOptions.cli(NetworkOptions.WEIGHTS),
                CliOption.oneOf(FORMAT, Format.class, "torchscript|safetensors"),
                CliOption.text(OUTPUT, "FILE"),
                InputSize.option(INPUT),
                NetworkOptions.cli(NetworkOptions.MODEL),
                NetworkOptions.cli(NetworkOptions.SCALE),
                NetworkOptions.cli(NetworkOptions.HEIGHT),
                NetworkOptions.cli(NetworkOptions.LABEL_SET),
                NetworkOptions.cli(NetworkOptions.PRECISION));
    }

    @Override
    public void run(Configuration options, PrintStream out) throws IOException {
        Format format = Required.get(options, FORMAT);
        Path output = Path.of(Required.get(options, OUTPUT));
        InputSize trial = options.getOptional(INPUT).map(InputSize::parse).orElse(null);
        Weights weights = NetworkOptions.segmenter(options).readWeights();
        if (format == Format.SAFETENSORS) {
            weights.write(output, ElementType.F32);
        } else {
            weights.writeTorchScript(
                    output, ArtefactOptions.masks(weights.scale(), precision(options)));
            if (trial != null) {
                segmentOnce(output, trial);
            }
        }
        out.println(output + ": " + weights.modelName());
    }

    /** An archive is for any machine: in single precision unless asked otherwise. */
    private static Precision precision(Configuration options) {
        String text = options.get(NetworkOptions.PRECISION);
        if (text.equals("auto")) {
            return Precision.FP32;
        }
        return Precision.valueOf(text.toUpperCase(Locale.ROOT));
    }

    private static void segmentOnce(Path archive, InputSize size) {
        ByteBuffer rgb = ByteBuffer.allocateDirect(3 * size.height() * size.width());
        ByteBuffer mask = ByteBuffer.allocateDirect(size.height() * size.width());
        SegmenterOptions options = SegmenterOptions.DEFAULTS.withWeights(archive.toString());
        try (Segmenter segmenter = Segmenter.open(options)) {
            segmenter.segment(List.of(new SegmentRequest(size.width(), size.height(), rgb, mask)));
        } catch (RuntimeException e) {
            throw new InputException(
                    "--input " + size + ": " + archive + " does not run on such a picture", e);
        }
    }
}
