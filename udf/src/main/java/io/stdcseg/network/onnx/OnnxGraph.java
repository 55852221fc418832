// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network.onnx;

import io.stdcseg.tensor.ElementType;
import io.stdcseg.tensor.TensorData;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Graph of an ONNX file: nodes and constants, as they are added. The numbers are those of the
 * fields in {@code onnx.proto}.
 *
 * @see <a href="https://github.com/onnx/onnx/blob/main/onnx/onnx.proto">onnx.proto</a>
 */
final class OnnxGraph {

    private static final int ATTRIBUTE_INT = 2;
    private static final int ATTRIBUTE_STRING = 3;
    private static final int ATTRIBUTE_INTS = 7;

    private final List<ProtobufMessage> nodes = new ArrayList<>();
    private final List<ProtobufMessage> constants = new ArrayList<>();
    private final Set<String> names = new HashSet<>();

    /** Adds an operation and gives the name of its value. */
    String node(String operator, List<String> inputs, ProtobufMessage... attributes) {
        String value = operator.toLowerCase(Locale.ROOT) + "_" + nodes.size();
        node(value, operator, inputs, attributes);
        return value;
    }

    /** Adds an operation whose value has this name; the node has it, too. */
    void node(String value, String operator, List<String> inputs, ProtobufMessage... attributes) {
        ProtobufMessage node = new ProtobufMessage();
        inputs.forEach(input -> node.text(1, input));
        node.text(2, value).text(3, value).text(4, operator);
        for (ProtobufMessage attribute : attributes) {
            node.message(5, attribute);
        }
        nodes.add(node);
    }

    /** Adds a constant tensor and gives its name; one of that name is there only once. */
    String constant(String name, TensorData tensor) {
        if (names.add(name)) {
            ProtobufMessage constant = new ProtobufMessage();
            for (long dimension : tensor.shape()) {
                constant.number(1, dimension);
            }
            constant.number(2, number(tensor.type())).text(8, name).bytes(9, tensor.bytes());
            constants.add(constant);
        }
        return name;
    }

    /** All of it, with one input and one output. */
    ProtobufMessage message(String name, ProtobufMessage input, ProtobufMessage output) {
        ProtobufMessage graph = new ProtobufMessage();
        nodes.forEach(node -> graph.message(1, node));
        graph.text(2, name);
        constants.forEach(constant -> graph.message(5, constant));
        return graph.message(11, input).message(12, output);
    }

    /** An input or output, with a number or a name for each dimension. */
    static ProtobufMessage value(String name, ElementType type, List<Object> dimensions) {
        ProtobufMessage shape = new ProtobufMessage();
        for (Object dimension : dimensions) {
            shape.message(
                    1,
                    dimension instanceof Integer size
                            ? new ProtobufMessage().number(1, size)
                            : new ProtobufMessage().text(2, dimension.toString()));
        }
        ProtobufMessage tensor = new ProtobufMessage().number(1, number(type)).message(2, shape);
        return new ProtobufMessage()
                .text(1, name)
                .message(2, new ProtobufMessage().message(1, tensor));
    }

    /** How files write the type of a tensor's elements. */
    static int number(ElementType type) {
        return switch (type) {
            case F32 -> 1;
            case U8 -> 2;
            case I8 -> 3;
            case I32 -> 6;
            case I64 -> 7;
            case F16 -> 10;
            default -> throw new IllegalArgumentException("no tensors of type " + type);
        };
    }

    static ProtobufMessage attribute(String name, String value) {
        return new ProtobufMessage().text(1, name).text(4, value).number(20, ATTRIBUTE_STRING);
    }

    static ProtobufMessage attribute(String name, int value) {
        return new ProtobufMessage().text(1, name).number(3, value).number(20, ATTRIBUTE_INT);
    }

    static ProtobufMessage attribute(String name, List<Integer> values) {
        ProtobufMessage attribute = new ProtobufMessage().text(1, name);
        values.forEach(value -> attribute.number(8, value));
        return attribute.number(20, ATTRIBUTE_INTS);
    }
}
