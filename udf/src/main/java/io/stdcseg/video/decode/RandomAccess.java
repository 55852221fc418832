// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.decode;

import java.nio.ByteBuffer;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.global.avcodec;

/**
 * Random access into a coded video: which codecs give one picture per packet, and at which packets
 * decoding may begin.
 *
 * <p>Containers call key frames also those that pictures behind them reach across, and H.264 (ITU-T
 * H.264, tables 7-1 and 7-6) even some that are no intra pictures, from which on the picture is
 * refreshed bit by bit. The packet itself tells, as it does in HEVC (ITU-T H.265, table 7-1).
 */
final class RandomAccess {

    private static final int H264_SLICE = 1;
    private static final int H264_IDR = 5;
    private static final int H264_INTRA = 2;
    private static final int H264_SLICE_TYPES = 5;
    private static final int HEVC_FIRST_BLA = 16;
    private static final int HEVC_LAST_IDR = 20;
    private static final int HEVC_CRA = 21;
    private static final int VP8_SHOWN = 0x10;

    private final int codec;
    private final NalUnits units;

    RandomAccess(AVCodecParameters parameters) {
        this.codec = parameters.codec_id();
        this.units = NalUnits.of(parameters);
    }

    /** Point of access: whether pictures shown behind a key frame can be decoded from it on. */
    enum Access {
        /** All of them. */
        CLOSED,
        /** All, but pictures that are decoded behind it and shown before it cannot. */
        OPEN,
        /** They may need what comes before. */
        NONE
    }

    /** Whether every packet of the codec gives one picture, but for those that are hidden. */
    boolean onePicturePerPacket() {
        return switch (codec) {
            case avcodec.AV_CODEC_ID_H264,
                    avcodec.AV_CODEC_ID_HEVC,
                    avcodec.AV_CODEC_ID_AV1,
                    avcodec.AV_CODEC_ID_VP9,
                    avcodec.AV_CODEC_ID_VP8,
                    avcodec.AV_CODEC_ID_MPEG4,
                    avcodec.AV_CODEC_ID_MPEG2VIDEO,
                    avcodec.AV_CODEC_ID_MPEG1VIDEO,
                    avcodec.AV_CODEC_ID_MJPEG,
                    avcodec.AV_CODEC_ID_PRORES,
                    avcodec.AV_CODEC_ID_DNXHD,
                    avcodec.AV_CODEC_ID_FFV1 ->
                    true;
            default -> false;
        };
    }

    /** Whether a packet gives a picture, rather than only help to decode others. */
    boolean isShown(AVPacket packet) {
        if ((packet.flags() & avcodec.AV_PKT_FLAG_DISCARD) != 0) {
            return false;
        }
        return codec != avcodec.AV_CODEC_ID_VP8 || (packet.data().get(0) & VP8_SHOWN) != 0;
    }

    /** What a packet is for access, as far as it tells by itself. */
    Access of(AVPacket packet) {
        if ((packet.flags() & avcodec.AV_PKT_FLAG_KEY) == 0) {
            return Access.NONE;
        }
        ByteBuffer data = packet.data().capacity(packet.size()).asByteBuffer();
        return switch (codec) {
            case avcodec.AV_CODEC_ID_H264 -> units.first(data, RandomAccess::h264);
            case avcodec.AV_CODEC_ID_HEVC -> units.first(data, RandomAccess::hevc);
            default -> Access.CLOSED;
        };
    }

    /** By the first unit of a picture; null for units that hold none of it. */
    private static Access h264(ByteBuffer unit) {
        return switch (unit.get(unit.position()) & 0x1f) {
            case H264_IDR -> Access.CLOSED;
            case H264_SLICE -> {
                Golomb header = new Golomb(unit.slice(unit.position() + 1, unit.remaining() - 1));
                header.next(); // the number of the slice's first macroblock
                boolean intra = header.next() % H264_SLICE_TYPES == H264_INTRA;
                yield intra ? Access.OPEN : Access.NONE;
            }
            default -> null;
        };
    }

    private static Access hevc(ByteBuffer unit) {
        int type = unit.get(unit.position()) >> 1 & 0x3f;
        if (type >= HEVC_FIRST_BLA && type <= HEVC_LAST_IDR) {
            return Access.CLOSED;
        }
        return type == HEVC_CRA ? Access.OPEN : type < HEVC_FIRST_BLA ? Access.NONE : null;
    }

    /** Unsigned numbers in exponential Golomb code (ITU-T H.264, 9.1), as slices begin with. */
    private static final class Golomb {

        private final ByteBuffer data;
        private int bit;

        Golomb(ByteBuffer data) {
            this.data = data;
        }

        int next() {
            int zeros = 0;
            while (bit() == 0 && zeros < Integer.SIZE - 1) {
                zeros++;
            }
            int value = 1;
            for (int i = 0; i < zeros; i++) {
                value = value << 1 | bit();
            }
            return value - 1;
        }

        /** The next bit; those behind the end are ones. */
        private int bit() {
            int at = bit >> 3;
            return at >= data.limit() ? 1 : data.get(at) >> 7 - (bit++ & 7) & 1;
        }
    }
}
