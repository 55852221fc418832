// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.encode;

import io.stdcseg.video.Container;
import io.stdcseg.video.Ffmpeg;
import io.stdcseg.video.VideoCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.javacpp.BytePointer;

/**
 * Header of a coded video in front of each key frame, where the container has no other place for it
 * and FFmpeg's muxer does not see to it: MPEG-4 in a transport stream.
 */
final class InBandHeader implements AutoCloseable {

    private final byte[] header;
    private final AVPacket whole;

    InBandHeader(Container container, AVCodecParameters video) {
        boolean needed = container == Container.TS && video.codec_id() == VideoCodec.MPEG4.id();
        header = new byte[needed ? video.extradata_size() : 0];
        if (needed) {
            video.extradata().get(header);
        }
        whole = Ffmpeg.packet();
    }

    /** The packet with what must precede it; valid until the next call. */
    AVPacket before(AVPacket packet) {
        boolean key = (packet.flags() & avcodec.AV_PKT_FLAG_KEY) != 0;
        if (!key || header.length == 0) {
            return packet;
        }
        avcodec.av_packet_unref(whole);
        Ffmpeg.check(avcodec.av_new_packet(whole, header.length + packet.size()), "join video");
        Ffmpeg.check(avcodec.av_packet_copy_props(whole, packet), "join video");
        byte[] picture = new byte[packet.size()];
        packet.data().get(picture);
        BytePointer data = whole.data();
        data.put(header);
        data.position(header.length).put(picture);
        return whole;
    }

    @Override
    public void close() {
        avcodec.av_packet_free(whole);
    }
}
