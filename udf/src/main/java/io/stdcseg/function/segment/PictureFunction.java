// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function.segment;

import io.stdcseg.engine.SegmentRequest;
import io.stdcseg.engine.SegmenterOptions;
import io.stdcseg.inference.SharedNetwork;
import io.stdcseg.inference.SharedNetworks;
import io.stdcseg.picture.Picture;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.util.function.SerializableSupplier;

/**
 * Segmentation of whatever has a picture, by the network that all slots of the job in a process
 * share: elements in, each with its mask out. Pictures and masks are the collector's.
 */
final class PictureFunction<T> implements AsyncBatchFunction<T, Tuple2<T, PictureMask>> {

    private static final long serialVersionUID = 1L;

    private final SegmenterOptions options;
    private final TypeInformation<T> type;
    private final MapFunction<T, Picture> pictures;
    private final SerializableSupplier<SharedNetworks> networks;
    private transient SharedNetwork.Lease network;
    private transient SegmentMetrics metrics;

    /** Copies elements that their sender may change; null where it does not. */
    private transient TypeSerializer<T> copies;

    PictureFunction(
            SegmenterOptions options,
            TypeInformation<T> type,
            MapFunction<T, Picture> pictures,
            SerializableSupplier<SharedNetworks> networks) {
        this.options = options;
        this.type = type;
        this.pictures = pictures;
        this.networks = networks;
    }

    @Override
    public int open(RuntimeContext context, int capacity) {
        String job = context.getJobInfo().getJobId().toString();
        network = networks.get().acquire(job, CachedWeights.here(options, context));
        metrics = new SegmentMetrics(context.getMetricGroup(), network.statistics()::size);
        copies = context.isObjectReuseEnabled() ? context.createSerializer(type) : null;
        return Math.min(capacity, SegmentFunction.BATCHES_IN_FLIGHT * network.picturesAtATime());
    }

    @Override
    public CompletableFuture<Tuple2<T, PictureMask>> apply(T given) throws Exception {
        T element = copies == null ? given : copies.copy(given);
        Picture picture = pictures.map(element);
        byte[] ids = new byte[picture.width() * picture.height()];
        long submitted = System.nanoTime();
        return network.segment(
                        new SegmentRequest(
                                picture.width(),
                                picture.height(),
                                ByteBuffer.wrap(picture.rgb()),
                                ByteBuffer.wrap(ids)))
                .thenApply(
                        call -> {
                            metrics.segmented(submitted, call.nanos());
                            return Tuple2.of(
                                    element,
                                    new PictureMask(picture.width(), picture.height(), ids));
                        });
    }

    @Override
    public void flush() {
        if (network != null) {
            network.flush();
        }
    }

    @Override
    public void close() {
        if (network != null) {
            network.close();
        }
    }
}
