// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.track;

import io.stdcseg.frame.Rational;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.global.avutil;

/** A track that goes along with a video, on its way into an MP4. */
interface Track extends AutoCloseable {

    /** The stream in the output. */
    AVStream stream();

    /** Source time in seconds at which a packet begins; negative infinity where nothing tells. */
    double begin(AVPacket packet);

    /** Takes the next packet of the source; what lies outside of the window is left out. */
    void write(AVPacket packet);

    /** Writes what is still held back. */
    void finish();

    @Override
    void close();

    /** When a packet is decoded, in ticks, or the best guess. */
    static long time(AVPacket packet) {
        return packet.dts() != avutil.AV_NOPTS_VALUE ? packet.dts() : packet.pts();
    }

    /** The same in seconds; a packet without a time goes with its neighbours. */
    static double seconds(AVPacket packet, Rational timeBase) {
        long time = time(packet);
        return time == avutil.AV_NOPTS_VALUE ? Double.NEGATIVE_INFINITY : time * timeBase.value();
    }

    /** The nearest tick. */
    static long ticks(double seconds, Rational timeBase) {
        return Math.round(seconds / timeBase.value());
    }

    /** A track of sound. */
    interface AudioTrack extends Track {

        /** Of the sound that came so far, whether it was left out or not. */
        AudioExtent extent();
    }
}
