// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.cli;

import static org.apache.flink.configuration.ConfigOptions.key;

import io.stdcseg.engine.SegmenterWeights;
import io.stdcseg.job.options.CliOption;
import io.stdcseg.job.options.NetworkOptions;
import io.stdcseg.tensor.ElementType;
import io.stdcseg.weights.Weights;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

/** {@code import}: writes any checkpoint as our .safetensors. */
final class ImportCommand implements Command {

    private static final ConfigOption<String> OUTPUT =
            key("output")
                    .stringType()
                    .noDefaultValue()
                    .withDescription("File to write, .safetensors.");

    private static final ConfigOption<Boolean> HALF =
            key("half")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription("Store 16-bit numbers and only what inference needs.");

    @Override
    public String name() {
        return "import";
    }

    @Override
    public String description() {
        return "Turns any checkpoint (.pth, .tar, .safetensors) into our .safetensors.";
    }

    @Override
    public List<CliOption<?>> options() {
        List<CliOption<?>> options = new ArrayList<>();
        options.addAll(
                List.of(
                        NetworkOptions.requiredParameters(),
                        CliOption.text(OUTPUT, "FILE"),
                        NetworkOptions.cli(NetworkOptions.MODEL)
                                .withMeaning(
                                        NetworkOptions.MODELS
                                                + ": variant and scale of --weights. Default: what"
                                                + " the weights say."),
                        NetworkOptions.cli(NetworkOptions.SCALE),
                        NetworkOptions.cli(NetworkOptions.HEIGHT),
                        NetworkOptions.cli(NetworkOptions.LABEL_SET),
                        CliOption.flag(HALF)));
        options.addAll(AverageOptions.cli());
        options.add(CalibrateOption.cli());
        return options;
    }

    @Override
    public void run(Configuration options, PrintStream out) throws IOException {
        Path target = Path.of(CliOption.required(options, OUTPUT));
        CliOption.required(options, NetworkOptions.WEIGHTS);
        Weights read = SegmenterWeights.read(NetworkOptions.segmenter(options));
        Weights weights = CalibrateOption.apply(options, AverageOptions.apply(options, read));
        boolean half = options.get(HALF);
        (half ? weights.inferenceOnly() : weights)
                .write(target, half ? ElementType.F16 : ElementType.F32);
        out.println(
                target + ": " + weights.modelName() + ", " + weights.tensors().size() + " tensors");
    }
}
