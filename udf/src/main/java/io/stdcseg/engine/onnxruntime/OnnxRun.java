// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine.onnxruntime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.stdcseg.engine.CoarseNetwork;
import io.stdcseg.engine.SegmentRequest;
import io.stdcseg.network.onnx.OnnxOutput;
import io.stdcseg.network.onnx.OnnxWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;

/**
 * One thread's input and scores, bound to a session once. Java's side of ONNX Runtime still makes a
 * few small objects in each call; numbers are never copied.
 */
final class OnnxRun implements CoarseNetwork {

    private static final int COARSE = 8;

    private final OrtSession session;
    private final FloatBuffer input;
    private final Scores scores;
    private final Map<String, OnnxTensor> inputs;
    private final Map<String, OnnxTensor> outputs;

    OnnxRun(OrtSession session, int pictures, int height, int width, int classes) {
        this.session = session;
        int rows = (height + COARSE - 1) / COARSE;
        int columns = (width + COARSE - 1) / COARSE;
        input = floats(pictures * height * width * SegmentRequest.CHANNELS);
        FloatBuffer values = floats(pictures * rows * columns * classes);
        scores = new Scores(values, rows, columns, classes);
        OnnxTensor image = bind(input, pictures, height, width, SegmentRequest.CHANNELS);
        inputs = Map.of(OnnxWriter.INPUT, image);
        outputs = Map.of(OnnxOutput.SCORES.label(), bind(values, pictures, rows, columns, classes));
    }

    private static FloatBuffer floats(int count) {
        return ByteBuffer.allocateDirect(Math.multiplyExact(count, Float.BYTES))
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    private static OnnxTensor bind(FloatBuffer values, long... shape) {
        try {
            return OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), values, shape);
        } catch (OrtException e) {
            throw new IllegalStateException("a buffer does not fit its own shape", e);
        }
    }

    @Override
    public FloatBuffer input() {
        return input;
    }

    @Override
    public Scores compute() {
        try (OrtSession.Result bound = session.run(inputs, outputs)) {
            return scores;
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime failed: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        inputs.values().forEach(OnnxTensor::close);
        outputs.values().forEach(OnnxTensor::close);
    }
}
