// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.cli;

import static org.apache.flink.configuration.ConfigOptions.key;

import io.stdcseg.engine.SegmentRequest;
import io.stdcseg.engine.Segmenter;
import io.stdcseg.engine.SegmenterOptions;
import io.stdcseg.engine.choice.Engines;
import io.stdcseg.error.InputException;
import io.stdcseg.job.options.CliOption;
import io.stdcseg.job.options.NetworkOptions;
import io.stdcseg.network.Precision;
import io.stdcseg.network.onnx.OnnxWriter;
import io.stdcseg.network.torchscript.TorchScriptOptions;
import io.stdcseg.network.torchscript.TorchScriptWriter;
import io.stdcseg.tensor.ElementType;
import io.stdcseg.weights.ClassifierWeights;
import io.stdcseg.weights.FilledTensors;
import io.stdcseg.weights.TorchScriptFile;
import io.stdcseg.weights.Weights;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

/** {@code export}: writes our weights as TorchScript, ONNX, safetensors or .pth. */
final class ExportCommand implements Command {

    private static final ConfigOption<Format> FORMAT =
            key("format")
                    .enumType(Format.class)
                    .noDefaultValue()
                    .withDescription(
                            "torchscript: 8-bit RGB pictures in (N, H, W, 3), train ids out (N, H,"
                                + " W), any size; in int8 only for libtorch's builds for x86"
                                + " (tried: 2.7.1), with AVX512-VNNI or AMX. onnx: normalised RGB"
                                + " pictures in (N, 3, H, W), scores out (N, classes, H, W)."
                                + " safetensors: the parameters. pth: a state dictionary for"
                                + " torch.load and the published code; of a classifier, too.");

    private static final ConfigOption<String> OUTPUT =
            key("output").stringType().noDefaultValue().withDescription("File to write.");

    private static final ConfigOption<String> INPUT =
            key("input")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "HEIGHTxWIDTH. torchscript: a picture of this size is tried before the"
                                    + " command ends. onnx: the input has this size, as OpenCV and"
                                    + " some others need it. Default: no trial; any size.");

    private static final String PRECISION =
            "fp32; fp16 and int8 of torchscript and onnx; bf16 of torchscript. Default: auto,"
                    + " which is fp32, as a file is for any machine; one of torchscript in int8 is"
                    + " not.";

    private enum Format {
        TORCHSCRIPT(Precision.values()),
        ONNX(Precision.FP32, Precision.FP16, Precision.INT8),
        SAFETENSORS(Precision.FP32),
        PTH(Precision.FP32);

        private final List<Precision> precisions;

        Format(Precision... precisions) {
            this.precisions = List.of(precisions);
        }

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Override
    public String name() {
        return "export";
    }

    @Override
    public String description() {
        return "Writes weights for others: TorchScript for libtorch, ONNX, safetensors, .pth.";
    }

    @Override
    public List<CliOption<?>> options() {
        List<CliOption<?>> options = new ArrayList<>();
        options.add(NetworkOptions.parameters());
        options.add(CliOption.oneOf(FORMAT, Format.class, "torchscript|onnx|safetensors|pth"));
        options.add(CliOption.text(OUTPUT, "FILE"));
        options.add(InputSize.option(INPUT));
        options.addAll(OnnxExport.cli());
        options.add(NetworkOptions.cli(NetworkOptions.PRECISION).withMeaning(PRECISION));
        options.add(CalibrateOption.cli());
        options.add(InitialOption.cli());
        options.add(NetworkOptions.cli(NetworkOptions.MODEL));
        options.add(NetworkOptions.cli(NetworkOptions.SCALE));
        options.add(NetworkOptions.cli(NetworkOptions.HEIGHT));
        options.add(NetworkOptions.cli(NetworkOptions.LABEL_SET));
        return options;
    }

    @Override
    public void run(Configuration options, PrintStream out) throws IOException {
        Format format = CliOption.required(options, FORMAT);
        Path output = Path.of(CliOption.required(options, OUTPUT));
        InputSize input = options.getOptional(INPUT).map(InputSize::parse).orElse(null);
        SegmenterOptions network = NetworkOptions.segmenter(options);
        Precision precision = precision(network.precision(), format);
        check(options, format, precision);
        boolean initial = InitialOption.isIn(options);
        if (network.weights() != null && ClassifierWeights.isIn(Path.of(network.weights()))) {
            exportClassifier(Path.of(network.weights()), format, output, out);
            return;
        }
        Weights weights = CalibrateOption.apply(options, InitialOption.read(initial, network));
        switch (format) {
            case TORCHSCRIPT -> {
                TorchScriptOptions artefact = TorchScriptOptions.masks(weights.scale(), precision);
                TorchScriptWriter.write(
                        output,
                        weights.spec(),
                        weights.tensorsWithRanges(),
                        artefact,
                        TorchScriptFile.notes(weights, artefact.describeScales(), precision));
                if (input != null) {
                    segmentOnce(output, input);
                }
            }
            case ONNX ->
                    OnnxWriter.write(
                            output,
                            weights.spec(),
                            weights.tensorsWithRanges(),
                            OnnxExport.of(options, input, precision),
                            weights.metadata());
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
                            + format.label()
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

    /** A file is for any machine: in single precision unless asked otherwise. */
    private static Precision precision(String text, Format format) {
        Precision precision =
                text.equals("auto")
                        ? Precision.FP32
                        : Precision.valueOf(text.toUpperCase(Locale.ROOT));
        List<Precision> allowed = format.precisions;
        if (!allowed.contains(precision)) {
            throw new InputException(
                    "--precision "
                            + text
                            + " with --format "
                            + format.label()
                            + ": it holds "
                            + (allowed.size() == 1 ? "fp32 only" : "fp32, fp16 or int8"));
        }
        return precision;
    }

    /** Refuses options that would change nothing. */
    private static void check(Configuration options, Format format, Precision precision) {
        String onnxOnly = OnnxExport.given(options);
        if (onnxOnly != null && format != Format.ONNX) {
            throw new InputException(
                    onnxOnly + " with --format " + format.label() + ": onnx is allowed");
        }
        boolean keepsRanges = precision == Precision.INT8 || format == Format.SAFETENSORS;
        if (CalibrateOption.isIn(options) && !keepsRanges) {
            throw new InputException(
                    "--calibrate with --format "
                            + format.label()
                            + " --precision "
                            + precision.label()
                            + ": it is for int8, or for safetensors, which keeps what it measures");
        }
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
