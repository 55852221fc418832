// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.track;

import io.stdcseg.video.Ffmpeg;
import io.stdcseg.video.MonotonicTimestamps;
import io.stdcseg.video.Muxer;
import io.stdcseg.video.NativeResources;
import io.stdcseg.video.track.Track.AudioTrack;
import io.stdcseg.video.track.TrackSource.TimeWindow;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;

/** Transcoding of sound that its container cannot carry, or players would not play. */
final class TranscodedAudioTrack extends Track implements AudioTrack {

    private final NativeResources resources = new NativeResources();
    private final AVCodecContext decoder;
    private final AVFrame decoded;
    private final SoundStream stream;
    private final AudioAligner aligner;
    private final MonotonicTimestamps timestamps;
    private final boolean timed;
    private final AudioExtent extent = new AudioExtent();

    /**
     * @param timed whether the source's times are believed; if not, its sound plays from its first
     *     time on without gaps
     */
    TranscodedAudioTrack(AVStream source, TimeWindow window, boolean timed, Muxer output) {
        super(source, window, output);
        this.timed = timed;
        this.timestamps = new MonotonicTimestamps(1, timeBase().value());
        try {
            this.decoder =
                    resources.add(
                            openDecoder(source, "decode sound"), avcodec::avcodec_free_context);
            this.decoded = resources.add(Ffmpeg.frame(), avutil::av_frame_free);
            SoundCodec codec = ContainerCodecs.sound(output.container());
            SoundEncoder encoder =
                    resources.add(new SoundEncoder(codec, decoder), SoundEncoder::close);
            this.stream = new SoundStream(encoder, output);
            this.aligner =
                    resources.add(new AudioAligner(encoder, window, stream), AudioAligner::close);
        } catch (RuntimeException | Error e) {
            resources.close();
            throw e;
        }
    }

    @Override
    AVStream stream() {
        return stream.stream();
    }

    @Override
    double begin(AVPacket packet) {
        if (!timed && !Double.isNaN(extent.endWithoutGaps())) {
            return extent.endWithoutGaps();
        }
        return super.begin(packet);
    }

    @Override
    void write(AVPacket packet) {
        // A damaged packet is a gap, which the encoder fills with silence.
        avcodec.avcodec_send_packet(decoder, packet);
        drain();
    }

    @Override
    void finish() {
        avcodec.avcodec_send_packet(decoder, null);
        drain();
        aligner.finish();
    }

    private void drain() {
        while (avcodec.avcodec_receive_frame(decoder, decoded) >= 0) {
            double begin = extent.endWithoutGaps();
            if (timed || Double.isNaN(begin)) {
                begin =
                        seconds(
                                timestamps.next(
                                        decoded.best_effort_timestamp(), decoded.duration()));
            }
            extent.add(begin, decoded.nb_samples() / (double) decoded.sample_rate());
            aligner.add(decoded, begin);
        }
    }

    @Override
    public AudioExtent extent() {
        return extent;
    }

    @Override
    public void close() {
        resources.close();
    }
}
