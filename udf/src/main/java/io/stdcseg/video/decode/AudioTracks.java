// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.decode;

import io.stdcseg.video.Demuxer;
import org.bytedeco.ffmpeg.global.avutil;

/** Finds the sound of a file. */
public final class AudioTracks {

    private AudioTracks() {}

    static boolean any(Demuxer demuxer) {
        for (int i = 0; i < demuxer.streams(); i++) {
            if (isAudio(demuxer, i)) {
                return true;
            }
        }
        return false;
    }

    public static boolean isAudio(Demuxer demuxer, int stream) {
        return demuxer.stream(stream).codecpar().codec_type() == avutil.AVMEDIA_TYPE_AUDIO;
    }
}
