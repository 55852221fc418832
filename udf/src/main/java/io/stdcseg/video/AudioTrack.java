// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video;

import io.stdcseg.frame.Rational;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;

/** One track of sound on its way into an MP4. */
interface AudioTrack extends AutoCloseable {

    /** The stream in the output. */
    AVStream stream();

    /** Of the packets that come in. */
    Rational timeBase();

    /** Takes a packet of the source; its times are moved by {@code shift} ticks. */
    void write(AVPacket packet, long shift);

    /** Writes what is still held back. */
    void finish();

    @Override
    void close();
}
