// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine.choice;

import io.stdcseg.engine.Engine;
import io.stdcseg.engine.SegmentRequest;
import io.stdcseg.engine.Segmenter;
import io.stdcseg.engine.SegmenterOptions;
import io.stdcseg.frame.NetworkInfo;
import io.stdcseg.label.LabelSet;
import io.stdcseg.network.Precision;
import io.stdcseg.weights.Weights;
import java.lang.reflect.Field;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import sun.misc.Unsafe;

/** Engines that go wrong, each in its way. */
abstract class OddEngine implements Engine {

    /** Reads where nobody may, as native code with a fault does. */
    static final class Crashing extends OddEngine {
        @Override
        void fill(SegmentRequest request) {
            try {
                Field field = Unsafe.class.getDeclaredField("theUnsafe");
                field.setAccessible(true);
                ((Unsafe) field.get(null)).putByte(8, (byte) 1);
            } catch (ReflectiveOperationException e) {
                throw new AssertionError(e);
            }
        }
    }

    static final class Ending extends OddEngine {
        @Override
        void fill(SegmentRequest request) {
            Runtime.getRuntime().halt(3);
        }
    }

    static final class Hanging extends OddEngine {
        @Override
        void fill(SegmentRequest request) {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    /** Sees the same everywhere. */
    static final class Wrong extends OddEngine {
        @Override
        void fill(SegmentRequest request) {
            for (int i = 0; i < request.width() * request.height(); i++) {
                request.mask().put(i, (byte) 7);
            }
        }
    }

    static final class Unable extends OddEngine {
        @Override
        void fill(SegmentRequest request) {
            throw new IllegalStateException("it lacks\nan instruction");
        }
    }

    /** Plain Java, which is right. */
    static final class Right extends OddEngine {

        @Override
        public Segmenter load(Weights weights, SegmenterOptions options, String device) {
            return new io.stdcseg.engine.SingleScaleSegmenter(
                    info(weights), weights.labels(), new PlainNetwork(weights), weights.scale());
        }

        @Override
        void fill(SegmentRequest request) {
            throw new AssertionError("it computes");
        }
    }

    abstract void fill(SegmentRequest request);

    @Override
    public String name() {
        return getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT);
    }

    @Override
    public String version() {
        return "1";
    }

    @Override
    public void checkPresent() {}

    @Override
    public int gpus(SegmenterOptions options) {
        return 0;
    }

    @Override
    public List<Precision> precisions(String device) {
        return List.of(Precision.FP32);
    }

    static NetworkInfo info(Weights weights) {
        return new NetworkInfo(
                weights.modelName(),
                weights.scale().toString(),
                "odd",
                "cpu",
                "fp32",
                1,
                weights.file(),
                weights.sha256());
    }

    @Override
    public Segmenter load(Weights weights, SegmenterOptions options, String device) {
        return new Segmenter() {
            @Override
            public NetworkInfo info() {
                return OddEngine.info(weights);
            }

            @Override
            public LabelSet labels() {
                return weights.labels();
            }

            @Override
            public void segment(List<SegmentRequest> batch) {
                batch.forEach(OddEngine.this::fill);
            }

            @Override
            public void close() {}
        };
    }
}
