// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.decode;

import io.stdcseg.error.InputException;
import io.stdcseg.video.Demuxer;
import io.stdcseg.video.Ffmpeg;
import io.stdcseg.video.NativeResources;
import io.stdcseg.video.decode.VideoDecoder.Options;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.SizeTPointer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decoder of a file's best video stream: packets in, frames out, drained at the end. */
final class PacketDecoder implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PacketDecoder.class);

    private static final String ELSEWHERE = "; --hwaccel auto or none decodes it in software";

    private final Path file;
    private final Demuxer demuxer;
    private final int index;
    private final Damage damage;
    private final NativeResources resources = new NativeResources();
    private final AVCodecContext codec;
    private final AVPacket packet;
    private final AVFrame frame;
    private final RandomAccess access;
    private LongConsumer sent = pts -> {};
    private boolean pending;
    private boolean draining;
    private boolean ended;
    private boolean encrypted;
    private boolean closed;

    private PacketDecoder(Path file, Demuxer demuxer, int index, AVCodec decoder, Options options) {
        this.file = file;
        this.demuxer = demuxer;
        this.index = index;
        this.damage = new Damage(file, options.strict());
        this.access = new RandomAccess(demuxer.stream(index).codecpar());
        try {
            this.packet = resources.add(Ffmpeg.packet(), avcodec::av_packet_free);
            this.frame = resources.add(Ffmpeg.frame(), avutil::av_frame_free);
            this.codec =
                    resources.add(
                            Ffmpeg.allocated(avcodec.avcodec_alloc_context3(decoder), "a decoder"),
                            avcodec::avcodec_free_context);
            openCodec(decoder, options);
        } catch (RuntimeException | Error e) {
            resources.close();
            throw e;
        }
    }

    private void openCodec(AVCodec decoder, Options options) {
        Ffmpeg.check(
                avcodec.avcodec_parameters_to_context(codec, stream().codecpar()),
                "set up the decoder of " + file);
        codec.pkt_timebase(stream().time_base());
        codec.thread_count(options.threads());
        if (options.motion()) {
            MotionVectors.export(codec);
        }
        // The TIFF decoder would refuse tags that do not concern it.
        if (options.strict() && decoder.id() != avcodec.AV_CODEC_ID_TIFF) {
            codec.err_recognition(avcodec.AV_EF_EXPLODE);
        }
        int code = avcodec.avcodec_open2(codec, decoder, (AVDictionary) null);
        if (code < 0) {
            throw Demuxer.unreadable(
                    file,
                    onCard(decoder)
                            ? "no card decodes it here, "
                                    + decoder.name().getString()
                                    + " does not open"
                                    + ELSEWHERE
                            : "its decoder does not open: " + Ffmpeg.message(code));
        }
    }

    private static boolean onCard(AVCodec decoder) {
        return (decoder.capabilities() & avcodec.AV_CODEC_CAP_HARDWARE) != 0;
    }

    /** Chooses the stream and opens its decoder; the demuxer stays the caller's. */
    static PacketDecoder open(Path file, Demuxer demuxer, Options options) {
        int index = demuxer.bestVideo();
        if (index < 0) {
            throw Demuxer.unreadable(
                    file,
                    hasAudio(demuxer)
                            ? "it has no video stream, only sound"
                            : "it has no video stream");
        }
        demuxer.select(i -> i == index);
        int codec = demuxer.stream(index).codecpar().codec_id();
        HardwareDecoding hardware = options.hardware();
        Optional<AVCodec> card = hardware.decoder(codec);
        if (card.isPresent()) {
            try {
                return new PacketDecoder(file, demuxer, index, card.get(), options);
            } catch (InputException e) {
                if (hardware == HardwareDecoding.CUDA) {
                    throw e;
                }
                LOG.info("{}; it is decoded in software", e.getMessage());
            }
        } else if (hardware == HardwareDecoding.CUDA) {
            throw Demuxer.unreadable(
                    file,
                    "FFmpeg has no decoder on a card for "
                            + avcodec.avcodec_get_name(codec).getString()
                            + ELSEWHERE);
        }
        AVCodec decoder = avcodec.avcodec_find_decoder(codec);
        if (decoder == null || decoder.isNull()) {
            throw Demuxer.unreadable(
                    file, "there is no decoder for " + avcodec.avcodec_get_name(codec).getString());
        }
        return new PacketDecoder(file, demuxer, index, decoder, options);
    }

    private static boolean hasAudio(Demuxer demuxer) {
        return IntStream.range(0, demuxer.streams())
                .map(i -> demuxer.stream(i).codecpar().codec_type())
                .anyMatch(type -> type == avutil.AVMEDIA_TYPE_AUDIO);
    }

    AVStream stream() {
        return demuxer.stream(index);
    }

    /** The picture that {@link #next()} found last; its memory is the decoder's. */
    AVFrame frame() {
        return frame;
    }

    Damage damage() {
        return damage;
    }

    /** Decodes up to the next picture; false at the end. */
    boolean next() {
        while (!ended) {
            int code = avcodec.avcodec_receive_frame(codec, frame);
            if (code == avutil.AVERROR_EAGAIN()) {
                feed();
            } else if (code == avutil.AVERROR_EOF) {
                ended = true;
            } else if (code < 0) {
                corrupted(code);
            } else {
                return true;
            }
        }
        return false;
    }

    private void feed() {
        if (draining) {
            ended = true;
            return;
        }
        if (!pending && !demuxer.read(packet)) {
            if (demuxer.failure() != 0) {
                corrupted(demuxer.failure());
            } else if (TruncatedFile.isTruncated(demuxer.file())) {
                damaged("the file ends before the video does");
            }
            draining = true;
            avcodec.avcodec_send_packet(codec, null);
            return;
        }
        pending = false;
        if (codec.frame_num() == 0) {
            encrypted |= isEncrypted(packet);
        }
        int code = 0;
        if (packet.stream_index() == index) {
            if (access.isShown(packet)) {
                sent.accept(packet.pts());
            }
            code = avcodec.avcodec_send_packet(codec, packet);
        }
        avcodec.av_packet_unref(packet);
        if (code < 0) {
            corrupted(code);
        }
    }

    private static boolean isEncrypted(AVPacket packet) {
        BytePointer keys =
                avcodec.av_packet_get_side_data(
                        packet, avcodec.AV_PKT_DATA_ENCRYPTION_INFO, (SizeTPointer) null);
        return keys != null && !keys.isNull();
    }

    private void corrupted(int code) {
        damaged(Ffmpeg.message(code));
    }

    private void damaged(String reason) {
        damage.found(codec.frame_num(), reason);
    }

    /** Why the stream gave no picture at all. */
    String whyNoPicture() {
        if (encrypted) {
            return "it is encrypted";
        }
        if (demuxer.failure() != 0) {
            return "no picture can be decoded: " + Ffmpeg.message(demuxer.failure());
        }
        return damage.parts() == 0
                ? "no picture can be decoded, it may be truncated"
                : "no picture can be decoded, " + damage.parts() + " packets are damaged";
    }

    /** Tells of every packet from here on that will be a picture, by its pts. */
    void tell(LongConsumer listener) {
        sent = listener;
    }

    /**
     * Goes to a key frame.
     *
     * @throws io.stdcseg.error.InputException if the file has no key frame with that pts
     */
    void seek(long keyPts) {
        demuxer.seek(index, keyPts);
        if (!findKey(keyPts)) {
            demuxer.seekStart(index);
            if (!findKey(keyPts)) {
                throw Demuxer.unreadable(
                        file,
                        "the key frame at "
                                + keyPts
                                + " ticks, where its index was cut, is gone; has it changed?");
            }
        }
        avcodec.avcodec_flush_buffers(codec);
        draining = false;
        ended = false;
    }

    /** Seeking lands where a container's own index says, or anywhere near: reads on to the key. */
    private boolean findKey(long keyPts) {
        pending = false;
        while (demuxer.read(packet)) {
            if (packet.stream_index() == index) {
                boolean key = (packet.flags() & avcodec.AV_PKT_FLAG_KEY) != 0;
                if (key && packet.pts() == keyPts) {
                    pending = true;
                    return true;
                }
                if (packet.dts() != avutil.AV_NOPTS_VALUE && packet.dts() > keyPts) {
                    break;
                }
            }
            avcodec.av_packet_unref(packet);
        }
        avcodec.av_packet_unref(packet);
        return false;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            resources.close();
        }
    }
}
