// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine.onnxruntime;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.providers.OrtTensorRTProviderOptions;
import io.stdcseg.engine.Devices;
import io.stdcseg.engine.SegmenterOptions;
import io.stdcseg.error.InputException;
import io.stdcseg.file.CacheFolder;
import io.stdcseg.network.Precision;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Execution provider: what ONNX Runtime computes with. */
enum Provider {
    CPU("cpu") {
        @Override
        void add(SessionOptions session, String device, Precision precision, String network) {
            // It is always there.
        }
    },

    CUDA("CUDA") {
        @Override
        void add(SessionOptions session, String device, Precision precision, String network)
                throws OrtException {
            session.addCUDA(Devices.number(device));
        }
    },

    /** Its engines take minutes to build: they are kept for each network, size and card. */
    TENSORRT("TensorRT") {
        @Override
        void add(SessionOptions session, String device, Precision precision, String network)
                throws OrtException {
            Path cache = CacheFolder.of("tensorrt").resolve(network);
            try (OrtTensorRTProviderOptions options =
                    new OrtTensorRTProviderOptions(Devices.number(device))) {
                options.add("trt_fp16_enable", precision == Precision.FP16 ? "1" : "0");
                options.add("trt_int8_enable", precision == Precision.INT8 ? "1" : "0");
                options.add("trt_engine_cache_enable", "1");
                options.add("trt_engine_cache_path", cache.toString());
                session.addTensorrt(options);
            }
            session.addCUDA(Devices.number(device)); // For what TensorRT does not know.
        }
    };

    private static final Logger LOG = LoggerFactory.getLogger(Provider.class);

    /** Whether a provider is there does not depend on the card. */
    private static final String FIRST = "gpu0";

    private final String label;

    Provider(String label) {
        this.label = label;
    }

    /** The one that an option names; empty if it names none. */
    static Optional<Provider> named(String name) {
        return Optional.ofNullable(name).map(text -> valueOf(text.toUpperCase(Locale.ROOT)));
    }

    /** The one that options name, or what suits the device. */
    static Provider of(SegmenterOptions options, String device) {
        boolean gpu = Devices.isGpu(device);
        Provider provider = named(options.provider()).orElse(gpu ? CUDA : CPU);
        if ((provider == CPU) == gpu) {
            throw new InputException(
                    "provider "
                            + provider.name().toLowerCase(Locale.ROOT)
                            + " on device "
                            + device
                            + ": cpu computes on a CPU, cuda and tensorrt on a GPU");
        }
        return provider;
    }

    /**
     * Makes a session compute with it.
     *
     * @param network names what is computed, for what is kept of it
     * @throws OrtException if it is not there
     */
    abstract void add(SessionOptions session, String device, Precision precision, String network)
            throws OrtException;

    /** Why it cannot be used here, in a few words; empty if it can. */
    Optional<String> missing() {
        try (SessionOptions session = new SessionOptions()) {
            add(session, FIRST, Precision.FP16, "none");
            return Optional.empty();
        } catch (OrtException | LinkageError e) {
            LOG.info("{}: {}", label, e.getMessage());
            return Optional.of(label + " is not installed");
        }
    }

    /** Whether it compiles a network for one size. */
    boolean wantsSizes() {
        return this == TENSORRT;
    }
}
