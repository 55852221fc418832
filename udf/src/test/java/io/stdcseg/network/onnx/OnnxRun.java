// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Map;

/**
 * What ONNX Runtime makes of a file.
 *
 * @param shape of the output
 * @param floats of the output; empty if it holds bytes
 * @param bytes of the output; empty if it holds floats
 */
record OnnxRun(long[] shape, float[] floats, byte[] bytes) {

    static OnnxRun of(Path file, float[] image, long... shape) throws OrtException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (SessionOptions options = new SessionOptions();
                OrtSession session = environment.createSession(file.toString(), options);
                OnnxTensor input =
                        OnnxTensor.createTensor(environment, FloatBuffer.wrap(image), shape);
                OrtSession.Result result = session.run(Map.of(OnnxWriter.INPUT, input))) {
            OnnxTensor output = (OnnxTensor) result.get(0);
            boolean bytes = output.getInfo().type == OnnxJavaType.UINT8;
            float[] floats = bytes ? new float[0] : new float[output.getFloatBuffer().remaining()];
            byte[] ids = bytes ? new byte[output.getByteBuffer().remaining()] : new byte[0];
            if (bytes) {
                output.getByteBuffer().get(ids);
            } else {
                output.getFloatBuffer().get(floats);
            }
            return new OnnxRun(output.getInfo().getShape(), floats, ids);
        }
    }

    /** Writes the graph as ONNX Runtime runs it. */
    static void optimise(Path file, Path optimised) throws OrtException {
        try (SessionOptions options = new SessionOptions()) {
            options.setOptimizationLevel(SessionOptions.OptLevel.EXTENDED_OPT);
            options.setOptimizedModelFilePath(optimised.toString());
            OrtEnvironment.getEnvironment().createSession(file.toString(), options).close();
        }
    }

    /** The class with the largest score of each pixel, of pictures (1, classes, rows, columns). */
    byte[] best() {
        int classes = (int) shape[1];
        byte[] best = new byte[floats.length / classes];
        for (int i = 0; i < best.length; i++) {
            for (int c = 1; c < classes; c++) {
                if (floats[c * best.length + i] > floats[best[i] * best.length + i]) {
                    best[i] = (byte) c;
                }
            }
        }
        return best;
    }
}
