// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.source.reader;

import io.stdcseg.job.source.plan.PlannedStream;
import io.stdcseg.job.source.plan.PlannedStream.StreamKind;
import io.stdcseg.job.source.plan.ReadOptions.OnError;
import io.stdcseg.video.decode.VideoDecoder;
import java.nio.file.Path;

/** Decoders of real files. */
public final class StreamDecoders implements DecoderFactory {

    @Override
    public FrameDecoder open(PlannedStream stream, OnError onError) {
        if (stream.kind() == StreamKind.PICTURES) {
            return new PictureFrames(stream);
        }
        VideoDecoder video = VideoDecoder.open(stream.name(), Path.of(stream.path()));
        return new VideoFrames(video, !onError.leavesDamageOut());
    }
}
