// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network.onnx;

import static io.stdcseg.network.onnx.OnnxGraph.attribute;

import io.stdcseg.tensor.TensorData;
import java.util.List;
import java.util.Locale;

/**
 * Resize nodes, which make maps as large as others. Where sizes are known they are constants:
 * OpenCV takes no others, and no run time has to find out that they never change.
 */
final class ResizeNodes {

    private final OnnxGraph graph;
    private final int batch;

    /**
     * @param batch pictures in every stack of maps; 0 if only a run tells
     */
    ResizeNodes(OnnxGraph graph, int batch) {
        this.graph = graph;
        this.batch = batch;
    }

    /** Nearest neighbour: repeats pixels. */
    OnnxMaps nearest(OnnxMaps x, OnnxMaps like) {
        return resize(
                x,
                like,
                attribute("mode", "nearest"),
                attribute("coordinate_transformation_mode", "asymmetric"),
                attribute("nearest_mode", "floor"));
    }

    /** Bilinear with {@code align_corners}. */
    OnnxMaps bilinear(OnnxMaps x, OnnxMaps like) {
        return resize(
                x,
                like,
                attribute("mode", "linear"),
                attribute("coordinate_transformation_mode", "align_corners"));
    }

    private OnnxMaps resize(OnnxMaps x, OnnxMaps like, ProtobufMessage... attributes) {
        List<String> inputs =
                !x.isFixed() || !like.isFixed()
                        ? List.of(x.name(), "", "", computedSizes(x, like))
                        : batch > 0
                                ? List.of(x.name(), "", "", sizes(x, like))
                                : List.of(x.name(), "", scales(x, like));
        return x.as(graph.node("Resize", inputs, attributes), like);
    }

    private String sizes(OnnxMaps x, OnnxMaps like) {
        long[] sizes = {batch, x.channels(), like.rows(), like.columns()};
        return graph.constant(
                String.format(
                        Locale.ROOT, "size_%dx%dx%d", x.channels(), like.rows(), like.columns()),
                TensorData.ofInt64(sizes));
    }

    /** These leave the number of pictures open. */
    private String scales(OnnxMaps x, OnnxMaps like) {
        float rows = scale(x.rows(), like.rows());
        float columns = scale(x.columns(), like.columns());
        return graph.constant(
                String.format(
                        Locale.ROOT,
                        "scale_%dx%d_%dx%d",
                        x.rows(),
                        x.columns(),
                        like.rows(),
                        like.columns()),
                TensorData.of(new float[] {1, 1, rows, columns}, 4));
    }

    /** Run times multiply by it, some in double, and cut the fraction: no pixel may be lost. */
    private static float scale(int from, int to) {
        float scale = to / (float) from;
        return from * (double) scale < to ? Math.nextUp(scale) : scale;
    }

    private String computedSizes(OnnxMaps x, OnnxMaps like) {
        String outer = graph.node("Shape", List.of(x.name()), attribute("end", 2));
        String inner = graph.node("Shape", List.of(like.name()), attribute("start", 2));
        return graph.node("Concat", List.of(outer, inner), attribute("axis", 0));
    }
}
