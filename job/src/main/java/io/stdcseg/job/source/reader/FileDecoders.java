// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.source.reader;

import io.stdcseg.error.InputException;
import io.stdcseg.job.source.plan.PlannedStream;
import io.stdcseg.job.source.plan.PlannedStream.StreamKind;
import io.stdcseg.job.source.plan.ReadOptions;
import io.stdcseg.job.source.plan.ReadOptions.OnError;
import io.stdcseg.job.source.split.VideoSplit;
import io.stdcseg.store.StorePaths;
import io.stdcseg.video.decode.HardwareDecoding;
import io.stdcseg.video.decode.VideoDecoder;
import io.stdcseg.video.decode.VideoIndex;
import io.stdcseg.video.decode.VideoRange;
import java.util.List;

/** Decoders of real files: videos, which may be cut into ranges, and pictures in order. */
public final class FileDecoders implements FrameDecoder.Factory {

    private static final long serialVersionUID = 1L;

    private final boolean motion;
    private final HardwareDecoding hardware;

    /** Decoders in software that tell no motion. */
    public FileDecoders() {
        this(ReadOptions.defaults());
    }

    /**
     * @param options say whether they tell the motion between pictures, and where they decode
     */
    public FileDecoders(ReadOptions options) {
        this.motion = options.motion();
        this.hardware = options.hardware();
    }

    @Override
    public FrameDecoder open(VideoSplit split, OnError onError) {
        PlannedStream stream = split.stream();
        if (stream.kind() == StreamKind.PICTURES) {
            return new PictureSequenceDecoder(stream);
        }
        VideoDecoder video =
                VideoDecoder.open(
                        stream.name(),
                        StorePaths.path(stream.path()),
                        VideoDecoder.Options.DEFAULT.withMotion(motion).on(hardware),
                        split.extent());
        return new VideoFileDecoder(video, !onError.leavesDamageOut());
    }

    /** Cuts a video where that is safe, and so that only what is asked for is decoded. */
    @Override
    public List<VideoRange> ranges(PlannedStream stream, ReadOptions options) {
        try {
            VideoIndex index = VideoIndex.read(StorePaths.path(stream.path()));
            return index == null ? List.of(VideoRange.WHOLE) : cut(index, options);
        } catch (InputException e) {
            return List.of();
        }
    }

    private static List<VideoRange> cut(VideoIndex index, ReadOptions options) {
        long first = index.firstAt(options.from());
        long end = options.endOf(first, index.firstAt(options.to()));
        List<VideoRange> ranges = index.ranges(first, end, options.minimumRange().toNanos() / 1e9);
        boolean uncut = ranges.size() == 1 && ranges.get(0).pictures() == index.pictures();
        // What has damage and is not cut is counted as it comes.
        return uncut ? List.of(VideoRange.WHOLE) : ranges;
    }
}
