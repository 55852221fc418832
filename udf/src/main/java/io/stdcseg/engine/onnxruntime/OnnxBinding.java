// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine.onnxruntime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.stdcseg.engine.CoarseNetwork;
import io.stdcseg.engine.SegmentRequest;
import io.stdcseg.network.onnx.OnnxOptions.OnnxOutput;
import io.stdcseg.network.onnx.OnnxWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * Binding of one thread's input and scores to a session, until the number of pictures changes.
 * Java's side of ONNX Runtime still makes a few small objects in each call; numbers are never
 * copied.
 */
final class OnnxBinding implements CoarseNetwork {

    private static final int COARSE = 8;

    private final IntFunction<OrtSession> sessions;
    private final int height;
    private final int width;
    private final int rows;
    private final int columns;
    private final int classes;
    private final FloatBuffer input;
    private final FloatBuffer values;
    private Bound bound;

    /** A session with the tensors of so many pictures, which lie where all pictures do. */
    private record Bound(
            int pictures,
            OrtSession session,
            Map<String, OnnxTensor> inputs,
            Map<String, OnnxTensor> outputs) {

        void close() {
            inputs.values().forEach(OnnxTensor::close);
            outputs.values().forEach(OnnxTensor::close);
        }
    }

    /**
     * @param sessions the one that computes so many pictures; none is closed here
     */
    OnnxBinding(
            IntFunction<OrtSession> sessions,
            int mostPictures,
            int height,
            int width,
            int classes) {
        this.sessions = sessions;
        this.height = height;
        this.width = width;
        this.rows = (height + COARSE - 1) / COARSE;
        this.columns = (width + COARSE - 1) / COARSE;
        this.classes = classes;
        this.input = floats(mostPictures * height * width * SegmentRequest.CHANNELS);
        this.values = floats(mostPictures * rows * columns * classes);
    }

    private Bound bind(int pictures) {
        if (bound == null || bound.pictures() != pictures) {
            close();
            OnnxTensor image = tensor(input, pictures, height, width, SegmentRequest.CHANNELS);
            OnnxTensor scores = tensor(values, pictures, rows, columns, classes);
            bound =
                    new Bound(
                            pictures,
                            sessions.apply(pictures),
                            Map.of(OnnxWriter.INPUT, image),
                            Map.of(OnnxOutput.SCORES.label(), scores));
        }
        return bound;
    }

    private static FloatBuffer floats(int count) {
        return ByteBuffer.allocateDirect(Math.multiplyExact(count, Float.BYTES))
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    /** Of the first numbers, where they lie. */
    private static OnnxTensor tensor(FloatBuffer numbers, int... shape) {
        try {
            long[] sizes = Arrays.stream(shape).asLongStream().toArray();
            int count = Arrays.stream(shape).reduce(1, Math::multiplyExact);
            return OnnxTensor.createTensor(
                    OrtEnvironment.getEnvironment(), numbers.slice(0, count), sizes);
        } catch (OrtException e) {
            throw new IllegalStateException("a buffer does not fit its own shape", e);
        }
    }

    @Override
    public FloatBuffer input() {
        return input;
    }

    @Override
    public Scores compute(int pictures) {
        Bound now = bind(pictures);
        try (OrtSession.Result unused = now.session().run(now.inputs(), now.outputs())) {
            FloatBuffer scores = values.slice(0, pictures * rows * columns * classes);
            return new Scores(scores, rows, columns, classes);
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime failed: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        if (bound != null) {
            bound.close();
            bound = null;
        }
    }
}
