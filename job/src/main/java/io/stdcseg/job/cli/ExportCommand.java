// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.cli;

import static org.apache.flink.configuration.ConfigOptions.key;

import io.stdcseg.checkpoint.ClassifierWeights;
import io.stdcseg.checkpoint.FilledTensors;
import io.stdcseg.checkpoint.Weights;
import io.stdcseg.engine.SegmentRequest;
import io.stdcseg.engine.Segmenter;
import io.stdcseg.engine.SegmenterOptions;
import io.stdcseg.engine.choice.Engines;
import io.stdcseg.error.InputException;
import io.stdcseg.job.options.CliOption;
import io.stdcseg.job.options.NetworkOptions;
import io.stdcseg.network.ElementType;
import io.stdcseg.network.Precision;
import io.stdcseg.network.onnx.OnnxInput;
import io.stdcseg.network.onnx.OnnxOptions;
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
                                    + " W), any size. onnx: one normalised RGB picture in (1, 3, H,"
                                    + " W), scores out (1, classes, H, W). safetensors: the"
                                    + " parameters. pth: a state dictionary for torch.load and the"
                                    + " published code; of a classifier, too.");

    private static final ConfigOption<String> OUTPUT =
            key("output").stringType().noDefaultValue().withDescription("File to write.");

    private static final ConfigOption<String> INPUT =
            key("input")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "HEIGHTxWIDTH. torchscript: a picture of this size is tried before the"
                                    + " command ends. onnx: the input has this size. Default: no"
                                    + " trial; any size.");

    private static final ConfigOption<Boolean> INITIAL =
            key("initial")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "Weights of --model that have learned nothing, to time it elsewhere.");

    private enum Format {
        TORCHSCRIPT,
        ONNX,
        SAFETENSORS,
        PTH
    }

    @Override
    public String name() {
        return "export";
    }

    @Override
    public String description() {
        return "Writes weights for others: TorchScript for any libtorch, ONNX, safetensors, .pth.";
    }

    @Override
    public List<CliOption<?>> options() {
        return List.of(
                NetworkOptions.cli(NetworkOptions.WEIGHTS),
                CliOption.oneOf(FORMAT, Format.class, "torchscript|onnx|safetensors|pth"),
                CliOption.text(OUTPUT, "FILE"),
                InputSize.option(INPUT),
                CliOption.flag(INITIAL),
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
        InputSize input = options.getOptional(INPUT).map(InputSize::parse).orElse(null);
        SegmenterOptions network = NetworkOptions.segmenter(options);
        Precision precision = precision(network.precision(), format);
        if (network.weights() != null && ClassifierWeights.isIn(Path.of(network.weights()))) {
            exportClassifier(Path.of(network.weights()), format, output, out);
            return;
        }
        Weights weights = options.get(INITIAL) ? initialWeights(network) : network.readWeights();
        switch (format) {
            case TORCHSCRIPT -> {
                ArtefactOptions artefact = ArtefactOptions.masks(weights.scale(), precision);
                weights.writeTorchScript(output, artefact);
                if (input != null) {
                    segmentOnce(output, input);
                }
            }
            case ONNX ->
                    weights.writeOnnx(
                            output,
                            OnnxOptions.DEFAULTS.with(
                                    input == null
                                            ? OnnxInput.ANY_SIZE
                                            : OnnxInput.of(input.height(), input.width())));
            case SAFETENSORS -> weights.write(output, ElementType.F32);
            case PTH -> out.println(describe(weights.writePublished(output)));
        }
        out.println(output + ": " + weights.modelName());
    }

    /** Its file is one of safetensors already. */
    private static void exportClassifier(Path file, Format format, Path output, PrintStream out)
            throws IOException {
        if (format != Format.PTH) {
            throw new InputException(
                    "--format "
                            + format.name().toLowerCase(Locale.ROOT)
                            + " with the classifier "
                            + file
                            + ": pth is allowed");
        }
        ClassifierWeights weights = ClassifierWeights.read(file);
        out.println(describe(weights.writePublished(output)));
        out.println(
                output
                        + ": classifier "
                        + weights.variant().label()
                        + ", "
                        + String.join(", ", weights.classes()));
    }

    private static Weights initialWeights(SegmenterOptions network) {
        if (network.model() == null || network.weights() != null) {
            throw new InputException("--initial needs --model, and no --weights");
        }
        return network.initialWeights();
    }

    /** A file is for any machine: in single precision unless asked otherwise. */
    private static Precision precision(String text, Format format) {
        Precision precision =
                text.equals("auto")
                        ? Precision.FP32
                        : Precision.valueOf(text.toUpperCase(Locale.ROOT));
        if (precision != Precision.FP32 && format != Format.TORCHSCRIPT) {
            throw new InputException(
                    "--precision "
                            + text
                            + " with --format "
                            + format.name().toLowerCase(Locale.ROOT)
                            + ": it holds fp32 only");
        }
        return precision;
    }

    private static String describe(FilledTensors filled) {
        return "initial values where the weights have none: "
                + filled.trainingHeads()
                + " tensors of training heads, "
                + filled.classifier()
                + " of the classifier, "
                + filled.counters()
                + " counters of batches";
    }

    private static void segmentOnce(Path archive, InputSize size) {
        ByteBuffer rgb = ByteBuffer.allocateDirect(3 * size.height() * size.width());
        ByteBuffer mask = ByteBuffer.allocateDirect(size.height() * size.width());
        SegmenterOptions options = SegmenterOptions.DEFAULTS.withWeights(archive.toString());
        try (Segmenter segmenter = Engines.open(options)) {
            segmenter.segment(List.of(new SegmentRequest(size.width(), size.height(), rgb, mask)));
        } catch (RuntimeException e) {
            throw new InputException(
                    "--input " + size + ": " + archive + " does not run on such a picture", e);
        }
    }
}
