// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network.onnx;

import io.stdcseg.file.WholeFile;
import io.stdcseg.network.ModelSpec;
import io.stdcseg.network.StdcSeg;
import io.stdcseg.network.TensorData;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Writes the network as an ONNX file: {@value #INPUT}, normalised RGB (1, 3, height, width), in,
 * and {@value #OUTPUT}, the main head's scores (1, classes, height, width), out. Batch norms are
 * folded; all numbers are single precision.
 */
public final class OnnxWriter {

    /** Name of the graph's input. */
    public static final String INPUT = "image";

    /** Name of the graph's output. */
    public static final String OUTPUT = "logits";

    /** Has all that the graph uses, and whatever has run ONNX since 2022 knows it. */
    private static final int OPERATOR_SET = 17;

    /** The version of the file format that came with these operators. */
    private static final int FILE_FORMAT = 8;

    private OnnxWriter() {}

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
            OnnxInput input,
            Map<String, String> notes)
            throws IOException {
        ProtobufMessage model = model(graph(spec, weights, input), notes);
        WholeFile.write(file, model::writeTo);
    }

    private static ProtobufMessage graph(
            ModelSpec spec, Map<String, TensorData> weights, OnnxInput input) {
        OnnxGraph graph = new OnnxGraph();
        OnnxOps ops = new OnnxOps(graph, weights);
        String scores = new StdcSeg(spec).logits(ops, INPUT);
        graph.node(OUTPUT, "Identity", List.of(ops.resizeTo(scores, INPUT)));
        return graph.message(
                spec.variant().label() + "-seg",
                OnnxGraph.floats(INPUT, shape(3, input)),
                OnnxGraph.floats(OUTPUT, shape(spec.classes(), input)));
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

    private static List<Object> shape(int channels, OnnxInput input) {
        return List.of(
                1,
                channels,
                input.height() > 0 ? input.height() : "height",
                input.width() > 0 ? input.width() : "width");
    }
}
