// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.options;

import static org.apache.flink.configuration.ConfigOptions.key;

import io.stdcseg.engine.SegmenterOptions;
import io.stdcseg.engine.choice.Engines;
import io.stdcseg.error.InputException;
import io.stdcseg.label.LabelSet;
import io.stdcseg.network.InputScale;
import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

/** Options of a network and how it runs; commands that say nothing else mean the same. */
public final class NetworkOptions {

    /** Kinds of weights that networks run with. */
    public static final String KINDS = "Weights: .pth, .safetensors or TorchScript .pt.";

    /** Names of models. */
    public static final String MODELS = "stdc1-seg50, stdc1-seg75, stdc2-seg50 or stdc2-seg75";

    private static final String COME_ALONG =
            " Default: the weights that come with the job, of --model's variant.";

    private static final String PARAMETERS =
            "Weights: .pth, .tar or .safetensors, also of SuperGradients and mmsegmentation. Not"
                    + " TorchScript, whose parameters are folded.";

    public static final ConfigOption<String> WEIGHTS =
            key("weights").stringType().noDefaultValue().withDescription(KINDS + COME_ALONG);

    public static final ConfigOption<String> MODEL =
            key("model")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            MODELS
                                    + ": variant and scale of --weights. Without --weights: the"
                                    + " weights of that variant that come with the job, at their"
                                    + " own height. Default: what the weights say; STDC1 without"
                                    + " --weights.");

    public static final ConfigOption<Double> SCALE =
            key("scale")
                    .doubleType()
                    .noDefaultValue()
                    .withDescription(
                            "Factor by which a picture is resized before the network. Default: what"
                                    + " the weights say.");

    public static final ConfigOption<Integer> HEIGHT =
            key("height")
                    .intType()
                    .noDefaultValue()
                    .withDescription(
                            "Height in rows to which a picture is resized before the network,"
                                    + " aspect kept; instead of --scale.");

    public static final ConfigOption<String> LABEL_SET =
            key("label-set")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Classes, colours and ids: cityscapes, cityscapes-trainids where label"
                                + " files hold train ids, camvid or a YAML file. Default: what the"
                                + " weights say.");

    public static final ConfigOption<String> ENGINE =
            key("engine")
                    .stringType()
                    .defaultValue("auto")
                    .withDescription(
                            "What computes the network: auto, pytorch, onnxruntime, or eager, which"
                                    + " is PyTorch as the published code uses it, in fp32. auto is"
                                    + " the fastest that works on this machine. Default: auto.");

    public static final ConfigOption<String> PROVIDER =
            key("provider")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "What ONNX Runtime computes with: cpu, cuda or tensorrt. Default: cpu,"
                                    + " or cuda on a GPU.");

    public static final ConfigOption<String> DEVICE =
            key("device")
                    .stringType()
                    .defaultValue("auto")
                    .withDescription(
                            "auto, cpu, gpu or gpu:N,M; auto takes the GPUs if there are any."
                                    + " Default: auto.");

    public static final ConfigOption<String> PRECISION =
            key("precision")
                    .stringType()
                    .defaultValue("auto")
                    .withDescription(
                            "auto, fp32, bf16, fp16 or int8; auto is fp16 on a GPU, bf16 on a CPU"
                                    + " that has it, else fp32. int8 is fastest on x86 CPUs with"
                                    + " AVX512-VNNI or AMX. Default: auto.");

    public static final ConfigOption<Integer> BATCH_SIZE =
            key("batch-size")
                    .intType()
                    .noDefaultValue()
                    .withDescription(
                            "Largest number of frames the network sees at once. Default: 1 on a"
                                    + " CPU; on a GPU what a trial shows, up to 32.");

    public static final ConfigOption<Duration> BATCH_TIMEOUT =
            key("batch-timeout")
                    .durationType()
                    .noDefaultValue()
                    .withDescription(
                            "How long the first frame of a batch waits for others. Default: 0 on a"
                                    + " CPU, 5ms on a GPU.");

    /** All of them, in the order of the help. */
    public static final List<CliOption<?>> ALL =
            List.of(
                    CliOption.text(WEIGHTS, "FILE"),
                    CliOption.text(MODEL, "NAME"),
                    CliOption.of(SCALE, "S", NetworkOptions::scaleFactor),
                    CliOption.of(HEIGHT, "H", OptionValues.integer(32)),
                    CliOption.text(LABEL_SET, "NAME|FILE"),
                    CliOption.text(ENGINE, "ENGINE"),
                    CliOption.text(PROVIDER, "PROVIDER"),
                    CliOption.text(DEVICE, "DEVICE"),
                    CliOption.text(PRECISION, "PRECISION"),
                    CliOption.of(BATCH_SIZE, "N", OptionValues.integer(1)),
                    CliOption.of(BATCH_TIMEOUT, "D", OptionValues::duration));

    private static final double LARGEST_SCALE = 8;

    private NetworkOptions() {}

    /** {@link #WEIGHTS} of commands that need the parameters themselves. */
    public static CliOption<?> parameters() {
        return cli(WEIGHTS).withMeaning(PARAMETERS + COME_ALONG);
    }

    /** {@link #WEIGHTS} of commands that need a file of the parameters themselves. */
    public static CliOption<?> requiredParameters() {
        return cli(WEIGHTS).withMeaning(PARAMETERS);
    }

    /** How one of {@link #ALL} is written on a command line. */
    public static CliOption<?> cli(ConfigOption<?> option) {
        return CliOption.in(ALL, option);
    }

    /** What the options say of the network and how it runs. */
    public static SegmenterOptions segmenter(Configuration options) {
        String labelSet = options.get(LABEL_SET);
        Engines.check(options.get(ENGINE));
        return new SegmenterOptions(
                options.getOptional(WEIGHTS).map(OptionValues::absolutePath).orElse(null),
                options.get(MODEL),
                labelSet == null ? null : LabelSet.of(labelSet),
                scale(options),
                List.of(),
                false,
                options.get(ENGINE),
                options.get(PROVIDER),
                options.get(DEVICE),
                options.get(PRECISION),
                options.getOptional(BATCH_SIZE).orElse(0),
                options.get(BATCH_TIMEOUT),
                0);
    }

    /** A factor by which pictures are resized, as text. */
    public static double scaleFactor(String text) {
        return OptionValues.number(s -> s > 0 && s <= LARGEST_SCALE, "a factor above 0, at most 8,")
                .apply(text);
    }

    private static InputScale scale(Configuration options) {
        Double factor = options.get(SCALE);
        Integer height = options.get(HEIGHT);
        if (factor != null && height != null) {
            throw new InputException(
                    "--scale "
                            + factor
                            + " and --height "
                            + height
                            + " exclude each other; give one");
        }
        if (factor != null) {
            return InputScale.by(factor);
        }
        return height == null ? null : InputScale.toHeight(height);
    }
}
