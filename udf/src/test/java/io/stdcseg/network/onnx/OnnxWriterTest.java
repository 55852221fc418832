// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.error.InputException;
import io.stdcseg.network.ModelSpec;
import io.stdcseg.network.Precision;
import io.stdcseg.network.Variant;
import io.stdcseg.network.onnx.OnnxOptions.OnnxInput;
import io.stdcseg.network.onnx.OnnxOptions.OnnxOutput;
import io.stdcseg.network.shape.Layer;
import io.stdcseg.network.shape.NetworkSummary;
import io.stdcseg.network.shape.StateDictLayout;
import io.stdcseg.tensor.TensorData;
import io.stdcseg.testing.HashedWeights;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Reads the written files field by field, by the numbers of {@code onnx.proto}. */
class OnnxWriterTest {

    private static final ModelSpec SMALL = new ModelSpec(Variant.STDC1, 11);

    @TempDir private Path folder;

    @Test
    void saysWhichFormatAndOperatorsItUses() throws Exception {
        ProtobufFields model = written(SMALL, OnnxInput.ANY_SIZE, Map.of("model", "stdc1-seg50"));

        assertThat(model.number(1)).isEqualTo(8);
        assertThat(model.message(8).text(1)).isEmpty();
        assertThat(model.message(8).number(2)).isEqualTo(17);
        assertThat(model.message(14).text(1)).isEqualTo("model");
        assertThat(model.message(14).text(2)).isEqualTo("stdc1-seg50");
    }

    @Test
    void takesAPictureOfAnySizeOrOfOne() throws Exception {
        ProtobufFields any = graph(SMALL, OnnxInput.ANY_SIZE);
        ProtobufFields fixed = graph(SMALL, OnnxInput.of(96, 128));

        assertThat(shape(any.message(11))).isEqualTo("image 1 3 height width");
        assertThat(shape(any.message(12))).isEqualTo("logits 1 11 height width");
        assertThat(shape(fixed.message(11))).isEqualTo("image 1 3 96 128");
        assertThat(shape(fixed.message(12))).isEqualTo("logits 1 11 96 128");
    }

    @Test
    void saysWhatGoesInAndComesOut() throws Exception {
        OnnxOptions any = OnnxOptions.DEFAULTS.with(new OnnxInput(0, 0, 0));
        OnnxOptions fixed = OnnxOptions.DEFAULTS.with(new OnnxInput(2, 90, 122));

        assertThat(shapes(any.with(OnnxOutput.SCORES)))
                .containsExactly(
                        "image 1: batch height width 3", "scores 1: batch height/8 width/8 11");
        assertThat(shapes(fixed.with(OnnxOutput.SCORES)))
                .containsExactly("image 1: 2 90 122 3", "scores 1: 2 12 16 11");
        assertThat(shapes(any.with(OnnxOutput.MASKS)))
                .containsExactly("image 1: batch 3 height width", "masks 2: batch height width");
        assertThat(shapes(fixed.with(Precision.FP16)))
                .containsExactly("image 1: 2 3 90 122", "logits 1: 2 11 90 122");
    }

    @ParameterizedTest
    @EnumSource(names = "BF16", mode = EnumSource.Mode.EXCLUDE)
    void computesNoSizesThatAreKnown(Precision precision) throws Exception {
        OnnxOptions options = OnnxOptions.DEFAULTS.with(precision);

        assertThat(operators(options)).contains("Shape");
        assertThat(operators(options.with(OnnxInput.of(90, 122)))).doesNotContain("Shape");
        assertThat(operators(options.with(new OnnxInput(0, 90, 122)))).doesNotContain("Shape");
        assertThat(operators(options.with(OnnxInput.of(90, 0)))).contains("Shape");
    }

    @Test
    void thereIsNoBfloat16() {
        assertThatThrownBy(() -> OnnxOptions.DEFAULTS.with(Precision.BF16))
                .isInstanceOf(InputException.class)
                .hasMessage("precision bf16 in an ONNX file: fp32, fp16 and int8 are allowed");
        assertThatThrownBy(() -> new OnnxInput(1, -5, 7))
                .isInstanceOf(InputException.class)
                .hasMessage("input of 1 pictures, -5x7: sizes are 0 (any) or positive");
    }

    @ParameterizedTest
    @EnumSource
    void holdsTheLayersThatAMaskDependsOn(Variant variant) throws Exception {
        ModelSpec spec = new ModelSpec(variant, 19);
        List<Layer> layers = NetworkSummary.of(spec, 64, 64).layers();
        Map<String, long[]> shapes = StateDictLayout.weights(spec);

        ProtobufFields graph = graph(spec, OnnxInput.ANY_SIZE);

        List<ProtobufFields> weights =
                graph.messages(5).stream()
                        .filter(constant -> constant.text(8).endsWith(".weight"))
                        .toList();
        assertThat(weights)
                .extracting(weight -> weight.text(8))
                .containsExactlyElementsOf(
                        layers.stream().map(layer -> layer.name() + ".weight").toList());
        for (ProtobufFields weight : weights) {
            String name = weight.text(8);
            assertThat(weight.numbers(1).stream().mapToLong(n -> n).toArray())
                    .as(name)
                    .isEqualTo(shapes.get(name));
        }
        for (ProtobufFields constant : graph.messages(5)) {
            long elements = constant.numbers(1).stream().reduce(1L, Math::multiplyExact);
            assertThat(constant.number(2)).isEqualTo(1);
            assertThat((long) constant.bytes(9).remaining()).isEqualTo(4 * elements);
        }
    }

    @Test
    void foldsTheNorms() throws Exception {
        Map<String, TensorData> weights = HashedWeights.plain(SMALL);
        String layer = "cp.backbone.features.0.";
        double deviation = Math.sqrt(weights.get(layer + "bn.running_var").get(31) + 1e-5);
        double scale = weights.get(layer + "bn.weight").get(31) / deviation;
        double mean = weights.get(layer + "bn.running_mean").get(31);

        Map<String, ByteBuffer> constants = constants(graph(SMALL, OnnxInput.ANY_SIZE));

        int last = 32 * 27 - 1;
        double weight = weights.get(layer + "conv.weight").get(last);
        assertThat(constants.get(layer + "conv.weight").getFloat(4 * last))
                .isEqualTo((float) (weight * scale));
        assertThat(constants.get(layer + "conv.bias").getFloat(4 * 31))
                .isEqualTo((float) (weights.get(layer + "bn.bias").get(31) - mean * scale));
        assertThat(constants).doesNotContainKey("conv_out.conv_out.bias");
    }

    @Test
    void everyOperationIsWrittenAsThePublishedNetworkMeansIt() throws Exception {
        ProtobufFields graph = graph(SMALL, OnnxInput.ANY_SIZE);

        Set<String> operations =
                graph.messages(1).stream()
                        .map(node -> node.text(4) + attributes(node))
                        .collect(Collectors.toSet());

        assertThat(operations)
                .containsExactlyInAnyOrder(
                        "Conv{group=1, kernel_shape=[1, 1], pads=[0, 0, 0, 0], strides=[1, 1]}",
                        "Conv{group=1, kernel_shape=[3, 3], pads=[1, 1, 1, 1], strides=[1, 1]}",
                        "Conv{group=1, kernel_shape=[3, 3], pads=[1, 1, 1, 1], strides=[2, 2]}",
                        "Conv{group=128, kernel_shape=[3, 3], pads=[1, 1, 1, 1], strides=[2, 2]}",
                        "Conv{group=256, kernel_shape=[3, 3], pads=[1, 1, 1, 1], strides=[2, 2]}",
                        "Conv{group=512, kernel_shape=[3, 3], pads=[1, 1, 1, 1], strides=[2, 2]}",
                        "Relu{}",
                        "Sigmoid{}",
                        "Add{}",
                        "Mul{}",
                        "Concat{axis=1}",
                        "Concat{axis=0}",
                        "AveragePool{count_include_pad=1, kernel_shape=[3, 3], pads=[1, 1, 1, 1],"
                                + " strides=[2, 2]}",
                        "GlobalAveragePool{}",
                        "Shape{end=2}",
                        "Shape{start=2}",
                        "Resize{coordinate_transformation_mode=asymmetric, mode=nearest,"
                                + " nearest_mode=floor}",
                        "Resize{coordinate_transformation_mode=align_corners, mode=linear}",
                        "Identity{}");
    }

    @Test
    void everyNodeFollowsWhatItReads() throws Exception {
        ProtobufFields graph = graph(SMALL, OnnxInput.ANY_SIZE);
        Set<String> known = new HashSet<>(constants(graph).keySet());
        known.add("image");
        known.add(""); // stands for an input that is left out

        for (ProtobufFields node : graph.messages(1)) {
            assertThat(known).containsAll(node.texts(1));
            assertThat(known.add(node.text(2))).as(node.text(2)).isTrue();
        }
        assertThat(known).contains("logits");
    }

    @Test
    void theSameContentGivesTheSameBytes() throws Exception {
        Path file = folder.resolve("deeper/network.onnx");
        write(file, HashedWeights.plain(SMALL));
        byte[] first = Files.readAllBytes(file);

        write(file, HashedWeights.plain(SMALL));

        assertThat(Files.readAllBytes(file)).isEqualTo(first);
        try (var files = Files.list(file.getParent())) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void needsNoneOfTheOtherHeadsButAllOfItsOwn() throws Exception {
        Map<String, TensorData> weights = HashedWeights.plain(SMALL);
        weights.keySet().removeIf(name -> name.matches("conv_out(16|32|_sp).*"));
        write(folder.resolve("lean.onnx"), weights);

        weights.remove("ffm.conv1.weight");

        Path file = folder.resolve("broken.onnx");
        assertThatThrownBy(() -> write(file, weights))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ffm.conv1.weight is missing");
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(folder.resolve("lean.onnx"));
        }
    }

    private List<String> shapes(OnnxOptions options) throws Exception {
        ProtobufFields graph = written(SMALL, options, Map.of()).message(7);
        return List.of(typed(graph.message(11)), typed(graph.message(12)));
    }

    private Set<String> operators(OnnxOptions options) throws Exception {
        return written(SMALL, options, Map.of()).message(7).messages(1).stream()
                .map(node -> node.text(4))
                .collect(Collectors.toSet());
    }

    private ProtobufFields graph(ModelSpec spec, OnnxInput input) throws Exception {
        return written(spec, input, Map.of()).message(7);
    }

    private ProtobufFields written(ModelSpec spec, OnnxInput input, Map<String, String> notes)
            throws Exception {
        return written(spec, OnnxOptions.DEFAULTS.with(input), notes);
    }

    private ProtobufFields written(ModelSpec spec, OnnxOptions options, Map<String, String> notes)
            throws Exception {
        Path file = folder.resolve("network.onnx");
        OnnxWriter.write(file, spec, HashedWeights.plain(spec), options, notes);
        return ProtobufFields.parse(ByteBuffer.wrap(Files.readAllBytes(file)));
    }

    private static void write(Path file, Map<String, TensorData> weights) throws Exception {
        OnnxWriter.write(file, SMALL, weights, OnnxOptions.DEFAULTS, Map.of());
    }

    private static Map<String, ByteBuffer> constants(ProtobufFields graph) {
        return graph.messages(5).stream()
                .collect(Collectors.toMap(tensor -> tensor.text(8), tensor -> tensor.bytes(9)));
    }

    /** Name and dimensions of a value that is known to be float. */
    private static String shape(ProtobufFields value) {
        assertThat(value.message(2).message(1).number(1)).isEqualTo(1);
        return typed(value).replace(" 1:", "");
    }

    /** Name, number of the type, and dimensions of a value. */
    private static String typed(ProtobufFields value) {
        ProtobufFields tensor = value.message(2).message(1);
        return tensor.message(2).messages(1).stream()
                .map(size -> size.fields().containsKey(1) ? "" + size.number(1) : size.text(2))
                .collect(
                        Collectors.joining(" ", value.text(1) + " " + tensor.number(1) + ": ", ""));
    }

    private static Map<String, Object> attributes(ProtobufFields node) {
        Map<String, Object> attributes = new TreeMap<>();
        for (ProtobufFields attribute : node.messages(5)) {
            Object value =
                    switch ((int) attribute.number(20)) {
                        case 2 -> attribute.number(3);
                        case 3 -> attribute.text(4);
                        case 7 -> attribute.numbers(8);
                        default -> throw new AssertionError(attribute.text(1));
                    };
            attributes.put(attribute.text(1), value);
        }
        return attributes;
    }
}
