// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine.onnxruntime;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.stdcseg.engine.CoarseNetwork;
import io.stdcseg.error.InputException;
import io.stdcseg.network.Precision;
import io.stdcseg.network.onnx.OnnxOptions;
import io.stdcseg.network.onnx.OnnxOptions.OnnxInput;
import io.stdcseg.network.onnx.OnnxOptions.OnnxOutput;
import io.stdcseg.network.onnx.OnnxWriter;
import io.stdcseg.weights.Weights;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;

/** Network in ONNX Runtime's memory: one session for all sizes, where the provider allows it. */
final class OnnxNetwork implements CoarseNetwork.Loaded {

    private static final OnnxInput ANY = new OnnxInput(0, 0, 0);

    private final Weights weights;
    private final Precision precision;
    private final Provider provider;
    private final String device;
    private final int threads;

    /** Null if each size has its own. */
    private final OrtSession shared;

    /**
     * Loads a network.
     *
     * @param threads of one operation on a CPU
     * @throws InputException if the provider is not there
     */
    OnnxNetwork(
            Weights weights, Precision precision, Provider provider, String device, int threads) {
        this.weights = weights;
        this.precision = precision;
        this.provider = provider;
        this.device = device;
        this.threads = threads;
        this.shared = provider.wantsSizes() ? null : session(ANY);
    }

    private OrtSession session(OnnxInput input) {
        OnnxOptions options = new OnnxOptions(input, OnnxOutput.SCORES, precision);
        try (OrtSession.SessionOptions session = new OrtSession.SessionOptions()) {
            session.setIntraOpNumThreads(threads);
            session.setInterOpNumThreads(1);
            // Idle threads would keep Java's from the cores, and two networks each other's.
            session.addConfigEntry("session.intra_op.allow_spinning", "0");
            session.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
            provider.add(session, device, precision, key(input));
            byte[] graph = OnnxWriter.bytes(weights.spec(), weights.tensors(), options);
            return OrtEnvironment.getEnvironment().createSession(graph, session);
        } catch (OrtException | LinkageError e) {
            throw new InputException(
                    "ONNX Runtime cannot compute with "
                            + provider.name().toLowerCase(Locale.ROOT)
                            + ": "
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
                    e);
        } catch (IOException e) {
            throw new UncheckedIOException("in memory nothing fails", e);
        }
    }

    private String key(OnnxInput input) {
        return String.join(
                "-",
                weights.sha256(),
                input.batch() + "x" + input.height() + "x" + input.width(),
                precision.label(),
                device);
    }

    @Override
    public CoarseNetwork.Prepared prepare(int height, int width) {
        Map<Integer, OrtSession> own = new ConcurrentHashMap<>();
        IntFunction<OrtSession> sessions =
                shared != null
                        ? pictures -> shared
                        : pictures ->
                                own.computeIfAbsent(
                                        pictures,
                                        batch -> session(new OnnxInput(batch, height, width)));
        return new CoarseNetwork.Prepared() {

            @Override
            public CoarseNetwork open(int mostPictures) {
                int classes = weights.spec().classes();
                return new OnnxBinding(sessions, mostPictures, height, width, classes);
            }

            @Override
            public void close() {
                own.values().forEach(OnnxNetwork::close);
            }
        };
    }

    @Override
    public void close() {
        if (shared != null) {
            close(shared);
        }
    }

    private static void close(OrtSession session) {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("a session was closed twice", e);
        }
    }
}
