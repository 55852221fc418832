// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.cli;

import static org.apache.flink.configuration.ConfigOptions.key;

import io.stdcseg.engine.SegmenterOptions;
import io.stdcseg.engine.SegmenterWeights;
import io.stdcseg.error.InputException;
import io.stdcseg.job.options.CliOption;
import io.stdcseg.job.options.NetworkOptions;
import io.stdcseg.label.LabelSet;
import io.stdcseg.network.InputScale;
import io.stdcseg.network.ModelSpec;
import io.stdcseg.network.shape.Layer;
import io.stdcseg.network.shape.NetworkSummary;
import io.stdcseg.weights.PublishedModel;
import io.stdcseg.weights.TorchScriptFile;
import io.stdcseg.weights.Weights;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

/** {@code info}: layers, parameters and MACs of a network. */
final class InfoCommand implements Command {

    /** Only here a model needs no weights: it is described, and not computed. */
    private static final String MODEL =
            NetworkOptions.MODELS
                    + ": the published network, which takes no weights, of Cityscapes' classes or"
                    + " those of --label-set; variant and scale of --weights where these are"
                    + " given. Default: what the weights say.";

    private static final String WEIGHTS =
            NetworkOptions.KINDS
                    + " Default: the weights that come with the job, unless --model is given.";

    private static final ConfigOption<String> INPUT =
            key("input")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Size of the network's input, HEIGHTxWIDTH. Default: a Cityscapes"
                                    + " picture after the model's resizing.");

    private static final ConfigOption<String> JSON =
            key("json").stringType().noDefaultValue().withDescription("File for all of it.");

    private record Subject(String name, ModelSpec spec, LabelSet labels, InputScale scale) {}

    @Override
    public String name() {
        return "info";
    }

    @Override
    public String description() {
        return "Shows parameters, MACs, classes and layers of a model or of weights.";
    }

    @Override
    public List<CliOption<?>> options() {
        return List.of(
                NetworkOptions.cli(NetworkOptions.WEIGHTS).withMeaning(WEIGHTS),
                NetworkOptions.cli(NetworkOptions.MODEL).withMeaning(MODEL),
                NetworkOptions.cli(NetworkOptions.LABEL_SET),
                InputSize.option(INPUT),
                CliOption.text(JSON, "FILE"));
    }

    @Override
    public void run(Configuration options, PrintStream out) {
        Subject subject = subject(options);
        InputSize input =
                options.getOptional(INPUT)
                        .map(InputSize::parse)
                        .orElseGet(() -> InputSize.CITYSCAPES.resized(subject.scale()));
        NetworkSummary network = NetworkSummary.of(subject.spec(), input.height(), input.width());
        out.print(text(subject, network));
        options.getOptional(JSON).ifPresent(file -> JsonFile.write(file, json(subject, network)));
    }

    /** A model by name is described without weights; anything else by what its weights say. */
    private static Subject subject(Configuration options) {
        String model = options.get(NetworkOptions.MODEL);
        if (model != null && options.get(NetworkOptions.WEIGHTS) == null) {
            PublishedModel published = PublishedModel.of(model);
            LabelSet labels =
                    LabelSet.of(options.getOptional(NetworkOptions.LABEL_SET).orElse("cityscapes"));
            ModelSpec spec = new ModelSpec(published.variant(), labels.size());
            return new Subject(published.label(), spec, labels, published.scale());
        }
        SegmenterOptions network = NetworkOptions.segmenter(options);
        Optional<TorchScriptFile> archive = SegmenterWeights.torchScript(network);
        if (archive.isPresent()) {
            return subject(archive.get(), network);
        }
        Weights weights = SegmenterWeights.read(network);
        return new Subject(weights.modelName(), weights.spec(), weights.labels(), weights.scale());
    }

    /** Of an archive only what it says of itself is known. */
    private static Subject subject(TorchScriptFile archive, SegmenterOptions network) {
        if (archive.spec() == null) {
            throw new InputException(
                    "weights "
                            + network.weights()
                            + " are TorchScript that does not say which network it holds; allowed"
                            + " are .pth, .safetensors and what export wrote");
        }
        return new Subject(
                archive.model(),
                archive.spec(),
                SegmenterWeights.labels(archive, network),
                archive.usualScale());
    }

    private static String text(Subject subject, NetworkSummary network) {
        StringBuilder text = new StringBuilder();
        text.append(
                String.format(
                        Locale.ROOT,
                        "%s: %s, %d classes, pictures resized by %s%n",
                        subject.name(),
                        subject.spec().variant().label(),
                        subject.labels().size(),
                        subject.scale()));
        text.append(
                String.format(
                        Locale.ROOT,
                        "parameters %,d, for inference %,d%n",
                        network.parameters(),
                        network.inferenceParameters()));
        text.append(
                String.format(
                        Locale.ROOT,
                        "at %dx%d: %.2f GMAC, backbone %.2f GMAC%n",
                        network.height(),
                        network.width(),
                        network.macs() / 1e9,
                        network.backboneMacs() / 1e9));
        text.append(
                String.format(
                        Locale.ROOT,
                        "backbone as ImageNet classifier at 224x224: %.0f M MACs%n",
                        NetworkSummary.classifierMacs(subject.spec().variant()) / 1e6));
        text.append("classes: ")
                .append(String.join(", ", subject.labels().names()))
                .append(System.lineSeparator());
        for (Layer layer : network.layers()) {
            text.append(
                    String.format(
                            Locale.ROOT,
                            "%-44s %-32s %14s %,10d %8.1f M%n",
                            layer.name(),
                            layer.kind(),
                            layer.channels() + "x" + layer.rows() + "x" + layer.columns(),
                            layer.parameters(),
                            layer.macs() / 1e6));
        }
        return text.toString();
    }

    private static Map<String, Object> json(Subject subject, NetworkSummary network) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("model", subject.name());
        json.put("variant", subject.spec().variant().label());
        json.put("scale", subject.scale().toString());
        json.put("input", network.height() + "x" + network.width());
        json.put("parameters", network.parameters());
        json.put("inferenceParameters", network.inferenceParameters());
        json.put("macs", network.macs());
        json.put("backboneMacs", network.backboneMacs());
        json.put("classifierMacs", NetworkSummary.classifierMacs(subject.spec().variant()));
        json.put("labelSet", subject.labels().name());
        json.put("classes", subject.labels().names());
        json.put("layers", network.layers());
        return json;
    }
}
