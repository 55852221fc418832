// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network.onnx;

import static io.stdcseg.network.onnx.OnnxGraph.attribute;

import io.stdcseg.file.AtomicFile;
import io.stdcseg.network.ExportOps;
import io.stdcseg.network.ModelSpec;
import io.stdcseg.network.Precision;
import io.stdcseg.network.StdcSeg;
import io.stdcseg.network.onnx.OnnxOptions.OnnxInput;
import io.stdcseg.network.onnx.OnnxOptions.OnnxOutput;
import io.stdcseg.tensor.ElementType;
import io.stdcseg.tensor.TensorData;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Writer of networks as ONNX files. The input is called {@value #INPUT}, the output as {@link
 * OnnxOutput} says; batch norms are folded in double precision. There is no {@code Shape} node
 * where rows and columns are known.
 */
public final class OnnxWriter {

    /** Name of the graph's input. */
    public static final String INPUT = "image";

    /** Has all that the graph uses, and whatever has run ONNX since 2022 knows it. */
    private static final int OPERATOR_SET = 17;

    /** The version of the file format that came with these operators. */
    private static final int FILE_FORMAT = 8;

    private static final int COLOURS = 3;

    private final OnnxGraph graph = new OnnxGraph();
    private final ModelSpec spec;
    private final Map<String, TensorData> weights;
    private final OnnxOptions options;

    private OnnxWriter(ModelSpec spec, Map<String, TensorData> weights, OnnxOptions options) {
        this.spec = spec;
        this.weights = weights;
        this.options = options;
    }

    /**
     * Writes a file, which is complete or absent. The same content gives the same bytes.
     *
     * @param weights plain tensors by published name; those of the other heads may be absent
     * @param notes texts by name, which ONNX calls metadata
     */
    public static void write(
            Path file,
            ModelSpec spec,
            Map<String, TensorData> weights,
            OnnxOptions options,
            Map<String, String> notes)
            throws IOException {
        ProtobufMessage model = model(new OnnxWriter(spec, weights, options).graph(), notes);
        AtomicFile.write(file, model::writeTo);
    }

    /** The bytes of a file, for who runs it at once. */
    public static byte[] bytes(ModelSpec spec, Map<String, TensorData> weights, OnnxOptions options)
            throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        model(new OnnxWriter(spec, weights, options).graph(), Map.of()).writeTo(out);
        return out.toByteArray();
    }

    /** Field numbers as in {@link OnnxGraph}: those of {@code onnx.proto}. */
    private static ProtobufMessage model(ProtobufMessage graph, Map<String, String> notes) {
        ProtobufMessage model =
                new ProtobufMessage().number(1, FILE_FORMAT).text(2, "stdcseg").message(7, graph);
        model.message(8, new ProtobufMessage().text(1, "").number(2, OPERATOR_SET));
        notes.forEach(
                (name, text) ->
                        model.message(14, new ProtobufMessage().text(1, name).text(2, text)));
        return model;
    }

    private ProtobufMessage graph() {
        OnnxInput input = options.input();
        OnnxMaps image = new OnnxMaps(INPUT, COLOURS, input.height(), input.width());
        ResizeNodes resizing = new ResizeNodes(graph, input.batch());
        boolean int8 = options.precision() == Precision.INT8;
        ElementType floats = int8 ? ElementType.F32 : options.precision().type();
        OnnxOps plain = new OnnxOps(graph, resizing, weights, floats);
        ExportOps<?, OnnxMaps> ops = int8 ? new QdqOps(graph, plain, weights) : plain;
        ProtobufMessage output =
                switch (options.output()) {
                    case LOGITS -> logits(resizing.bilinear(scores(ops, image), image));
                    case MASKS -> masks(resizing.bilinear(scores(ops, image), image));
                    case SCORES -> smallScores(scores(ops, channelsFirst(image)));
                };
        return graph.message(spec.variant().label() + "-seg", inputValue(), output);
    }

    private <T> OnnxMaps scores(ExportOps<T, OnnxMaps> ops, OnnxMaps image) {
        return ops.single(new StdcSeg(spec).logits(ops, ops.input(image)));
    }

    private ProtobufMessage logits(OnnxMaps scores) {
        String name = options.output().label();
        graph.node(name, "Identity", List.of(scores.name()));
        List<Object> shape = List.of(batch(), spec.classes(), height(), width());
        return OnnxGraph.value(name, ElementType.F32, shape);
    }

    private ProtobufMessage masks(OnnxMaps scores) {
        String name = options.output().label();
        String best =
                graph.node(
                        "ArgMax",
                        List.of(scores.name()),
                        attribute("axis", 1),
                        attribute("keepdims", 0));
        int levels = OnnxGraph.number(ElementType.U8);
        graph.node(name, "Cast", List.of(best), attribute("to", levels));
        return OnnxGraph.value(name, ElementType.U8, List.of(batch(), height(), width()));
    }

    private ProtobufMessage smallScores(OnnxMaps scores) {
        String name = options.output().label();
        graph.node(
                name, "Transpose", List.of(scores.name()), attribute("perm", List.of(0, 2, 3, 1)));
        List<Object> shape =
                List.of(
                        batch(),
                        size(scores.rows(), "height/8"),
                        size(scores.columns(), "width/8"),
                        spec.classes());
        return OnnxGraph.value(name, ElementType.F32, shape);
    }

    private OnnxMaps channelsFirst(OnnxMaps image) {
        return image.as(
                graph.node(
                        "Transpose",
                        List.of(image.name()),
                        attribute("perm", List.of(0, 3, 1, 2))));
    }

    private ProtobufMessage inputValue() {
        boolean channelsLast = options.output() == OnnxOutput.SCORES;
        return OnnxGraph.value(
                INPUT,
                ElementType.F32,
                channelsLast
                        ? List.of(batch(), height(), width(), COLOURS)
                        : List.of(batch(), COLOURS, height(), width()));
    }

    private Object batch() {
        return size(options.input().batch(), "batch");
    }

    private Object height() {
        return size(options.input().height(), "height");
    }

    private Object width() {
        return size(options.input().width(), "width");
    }

    /** A number, or a name for what only a run tells. */
    private static Object size(int size, String name) {
        return size > 0 ? (Object) size : name;
    }
}
