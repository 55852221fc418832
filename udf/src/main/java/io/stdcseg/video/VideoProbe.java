// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video;

import io.stdcseg.frame.StreamInfo;
import java.nio.file.Path;

/**
 * What a look at the start of a video tells.
 *
 * @param estimatedFrames of the whole stream; 0 where nothing tells
 * @param durationSeconds of the whole stream; 0 where nothing tells
 * @param hasAudio whether the file has sound
 */
public record VideoProbe(
        StreamInfo info, long estimatedFrames, double durationSeconds, boolean hasAudio) {

    /**
     * Opens the file, decodes one picture and closes it.
     *
     * @throws io.stdcseg.error.InputException if it is no video that can be decoded
     */
    public static VideoProbe of(String streamName, Path file) {
        try (VideoDecoder video = VideoDecoder.open(streamName, file)) {
            return new VideoProbe(
                    video.info(),
                    video.estimatedFrames(),
                    video.durationSeconds(),
                    video.hasAudio());
        }
    }
}
