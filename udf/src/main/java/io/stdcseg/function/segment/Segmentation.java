// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function.segment;

import io.stdcseg.engine.SegmenterOptions;
import io.stdcseg.engine.SegmenterWeights;
import io.stdcseg.frame.FrameElement;
import io.stdcseg.frame.FrameElementTypeInfo;
import io.stdcseg.inference.SharedNetworks;
import io.stdcseg.label.LabelSet;
import io.stdcseg.picture.Picture;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * Segmentation for streams of somebody's own job: of pictures, of whatever has a picture, or of
 * frames of video.
 *
 * <pre>{@code
 * DataStream<Picture> pictures = ...;
 * Segmentation segmentation = Segmentation.of(SegmenterOptions.DEFAULTS);
 * DataStream<Tuple2<Picture, PictureMask>> masks = segmentation.pictures(pictures);
 * int classes = segmentation.labels().size();
 * masks.map(mask -> mask.f1.shares(classes)).print();
 * }</pre>
 *
 * <p>All slots of a process share one network, which batches what they bring. Results leave in the
 * order of the elements; nothing in flight enters a checkpoint. What is returned takes a {@code
 * uid}, a name and a parallelism as any operator does.
 */
public final class Segmentation {

    private static final TypeInformation<PictureMask> MASK = TypeInformation.of(PictureMask.class);

    private final SegmenterOptions options;

    private Segmentation(SegmenterOptions options) {
        this.options = options;
    }

    /**
     * Reads what the weights say of themselves; loads nothing native. A user's weights travel with
     * the job to machines that do not have the file.
     *
     * @throws io.stdcseg.error.InputException if the weights cannot be used
     */
    public static Segmentation of(SegmenterOptions options) {
        return new Segmentation(SegmenterWeights.resolve(options));
    }

    /** What train ids in masks mean. */
    public LabelSet labels() {
        return options.labels();
    }

    /** How many pictures of a slot are on their way through the network at most. */
    public int inFlight() {
        return SegmentFunction.BATCHES_IN_FLIGHT * options.largestBatch();
    }

    /** Adds its mask to each picture. */
    public SingleOutputStreamOperator<Tuple2<Picture, PictureMask>> pictures(
            DataStream<Picture> pictures) {
        return pictures(pictures, picture -> picture);
    }

    /**
     * Adds to each element the mask of its picture.
     *
     * @param picture decodes it, in the task's thread
     */
    public <T> SingleOutputStreamOperator<Tuple2<T, PictureMask>> pictures(
            DataStream<T> elements, MapFunction<T, Picture> picture) {
        CachedWeights.takeAlong(elements.getExecutionEnvironment(), options);
        TypeInformation<T> type = elements.getType();
        return elements.transform(
                "segment",
                Types.TUPLE(type, MASK),
                new AsyncBatchOperatorFactory<>(
                        new PictureFunction<>(options, type, picture, SharedNetworks::ofProcess),
                        inFlight()));
    }

    /**
     * Replaces frames by segmented frames; markers pass. Frames do not leave their process, and
     * whoever has a segmented frame last closes it. The pool they come from must hold {@link
     * #inFlight()} more than without this.
     */
    public SingleOutputStreamOperator<FrameElement> frames(DataStream<FrameElement> frames) {
        CachedWeights.takeAlong(frames.getExecutionEnvironment(), options);
        return frames.transform(
                "segment",
                FrameElementTypeInfo.INSTANCE,
                new AsyncBatchOperatorFactory<>(new SegmentFunction(options), inFlight()));
    }
}
