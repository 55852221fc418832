// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.decode;

import io.stdcseg.video.decode.RandomAccess.Access;
import java.nio.ByteBuffer;
import java.util.function.Function;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.global.avcodec;

/**
 * NAL units of H.264 and HEVC packets: with their lengths before them (ISO/IEC 14496-15), as in MP4
 * and Matroska, or with start codes between them, as in transport streams.
 *
 * @param lengthBytes bytes of a length; 0 for start codes
 */
record NalUnits(int lengthBytes) {

    private static final int CONFIGURATION_VERSION = 1;
    private static final int H264_LENGTH_AT = 4;
    private static final int HEVC_LENGTH_AT = 21;

    /** As the stream's configuration says. */
    static NalUnits of(AVCodecParameters parameters) {
        int at =
                parameters.codec_id() == avcodec.AV_CODEC_ID_HEVC ? HEVC_LENGTH_AT : H264_LENGTH_AT;
        boolean lengths =
                parameters.extradata_size() > at
                        && parameters.extradata().get(0) == CONFIGURATION_VERSION;
        return new NalUnits(lengths ? (parameters.extradata().get(at) & 3) + 1 : 0);
    }

    /** What the first unit says that says anything; {@link Access#NONE} if none does. */
    Access first(ByteBuffer packet, Function<ByteBuffer, Access> says) {
        int at = next(packet, 0);
        while (at < packet.limit()) {
            Access access = says.apply(packet.slice(at, packet.limit() - at));
            if (access != null) {
                return access;
            }
            at = next(packet, at);
        }
        return Access.NONE;
    }

    /**
     * Where the next unit begins.
     *
     * @param at where the present one does; 0 before the first
     */
    private int next(ByteBuffer packet, int at) {
        return lengthBytes == 0 ? afterStartCode(packet, at) : afterLength(packet, at);
    }

    private int afterLength(ByteBuffer packet, int at) {
        long end = at == 0 ? 0 : at + length(packet, at - lengthBytes);
        return (int) Math.min(packet.limit(), end + lengthBytes);
    }

    private long length(ByteBuffer packet, int at) {
        long length = 0;
        for (int i = 0; i < lengthBytes; i++) {
            length = length << 8 | packet.get(at + i) & 0xff;
        }
        return length;
    }

    private static int afterStartCode(ByteBuffer packet, int from) {
        for (int at = from + 2; at < packet.limit() - 1; at++) {
            if (packet.get(at) == 1 && packet.get(at - 1) == 0 && packet.get(at - 2) == 0) {
                return at + 1;
            }
        }
        return packet.limit();
    }
}
