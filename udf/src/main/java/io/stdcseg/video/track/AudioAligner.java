// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.track;

import io.stdcseg.video.Ffmpeg;
import io.stdcseg.video.NativeResources;
import io.stdcseg.video.track.TrackSource.TimeWindow;
import org.bytedeco.ffmpeg.avutil.AVAudioFifo;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swresample;
import org.bytedeco.ffmpeg.swresample.SwrContext;

/**
 * Resampler of decoded sound to an encoder's format, in step with the picture. Gaps become silence,
 * what overlaps is cut, and so is what lies outside of a window. Holds less than two seconds,
 * however long a gap is.
 */
final class AudioAligner implements AutoCloseable {

    /**
     * Gaps up to this are none: less than a packet of any codec, more than times are rounded by.
     */
    private static final double GAP_SECONDS = 0.015;

    /** Overlaps up to this are left: ears do not take them for a fault. */
    private static final double OVERLAP_SECONDS = 0.1;

    /** Beyond any time, in samples, and far from overflowing. */
    private static final long FAR = 1L << 60;

    private final SoundEncoder encoder;
    private final SoundStream output;
    private final NativeResources resources = new NativeResources();
    private final AVAudioFifo fifo;
    private final SwrContext resampler;
    private final double shift;
    private final long from;
    private final long to;
    private boolean begun;
    private boolean heard;

    /** When the next sample is heard, and the next that the encoder gets, in samples. */
    private long position;

    private long encodedUpTo;

    AudioAligner(SoundEncoder encoder, TimeWindow window, SoundStream output) {
        this.encoder = encoder;
        this.output = output;
        this.shift = window.shift();
        this.from = samples(window.from() + shift);
        this.to = samples(window.to() + shift);
        try {
            this.resampler =
                    resources.add(
                            Ffmpeg.allocated(swresample.swr_alloc(), "sound"),
                            swresample::swr_free);
            this.fifo =
                    resources.add(
                            Ffmpeg.allocated(
                                    avutil.av_audio_fifo_alloc(
                                            encoder.sampleFormat(),
                                            encoder.channels(),
                                            encoder.sampleRate()),
                                    "sound"),
                            avutil::av_audio_fifo_free);
        } catch (RuntimeException | Error e) {
            resources.close();
            throw e;
        }
    }

    private long samples(double seconds) {
        long samples = Math.round(seconds * encoder.sampleRate());
        return Math.max(-FAR, Math.min(FAR, samples));
    }

    /**
     * Takes decoded sound.
     *
     * @param seconds source time at which it begins
     */
    void add(AVFrame decoded, double seconds) {
        long begin = samples(seconds + shift);
        if (!begun) {
            begun = true;
            position = begin;
        }
        long gap = begin - position;
        if (gap > GAP_SECONDS * encoder.sampleRate()) {
            addSilence(gap);
        }
        if (decoded.ch_layout().order() == avutil.AV_CHANNEL_ORDER_UNSPEC) {
            avutil.av_channel_layout_default(
                    decoded.ch_layout(), decoded.ch_layout().nb_channels());
        }
        resample(decoded, -gap > OVERLAP_SECONDS * encoder.sampleRate() ? -gap : 0);
    }

    /** Encodes what is still held back and ends the stream. */
    void finish() {
        if (!begun) {
            return;
        }
        if (swresample.swr_is_initialized(resampler) != 0) {
            resample(null, 0);
        }
        encodeQueued(true);
        output.finish();
    }

    private void resample(AVFrame decoded, long overlap) {
        AVFrame converted = encoder.frame(0);
        try {
            int code = swresample.swr_convert_frame(resampler, converted, decoded);
            if (code == avutil.AVERROR_INPUT_CHANGED || code == changedBoth()) {
                swresample.swr_close(resampler);
                code = swresample.swr_convert_frame(resampler, converted, decoded);
            }
            Ffmpeg.check(code, "convert sound");
            queue(converted, overlap);
        } finally {
            avutil.av_frame_free(converted);
        }
    }

    private static int changedBoth() {
        return avutil.AVERROR_INPUT_CHANGED | avutil.AVERROR_OUTPUT_CHANGED;
    }

    private void addSilence(long gap) {
        long left = Math.min(gap, to - position);
        if (position < from) {
            long unheard = Math.min(left, from - position);
            position += unheard;
            left -= unheard;
        }
        while (left > 0) {
            AVFrame silence = encoder.frame((int) Math.min(left, encoder.sampleRate()));
            try {
                avutil.av_samples_set_silence(
                        silence.extended_data(),
                        0,
                        silence.nb_samples(),
                        encoder.channels(),
                        encoder.sampleFormat());
                left -= silence.nb_samples();
                queue(silence, 0);
            } finally {
                avutil.av_frame_free(silence);
            }
        }
    }

    /**
     * Queues what lies in the window and encodes what fills packets.
     *
     * @param overlap samples at the beginning that were heard already
     */
    private void queue(AVFrame frame, long overlap) {
        int count = frame.nb_samples();
        int skipped = (int) Math.min(count, overlap);
        int first = skipped + within(from - position, count - skipped);
        int end = skipped + within(to - position, count - skipped);
        if (first < end) {
            if (!heard) {
                heard = true;
                encodedUpTo = position + first - skipped;
            }
            write(frame, first, end - first);
            encodeQueued(false);
        }
        position += count - skipped;
    }

    private static int within(long value, int limit) {
        return (int) Math.max(0, Math.min(limit, value));
    }

    private void write(AVFrame frame, int first, int count) {
        AVFrame part = encoder.frame(count);
        try {
            avutil.av_samples_copy(
                    part.extended_data(),
                    frame.extended_data(),
                    0,
                    first,
                    count,
                    encoder.channels(),
                    encoder.sampleFormat());
            Ffmpeg.check(
                    avutil.av_audio_fifo_write(fifo, part.extended_data(), count), "queue sound");
        } finally {
            avutil.av_frame_free(part);
        }
    }

    private void encodeQueued(boolean last) {
        int queued;
        while ((queued = avutil.av_audio_fifo_size(fifo)) >= encoder.packetSamples()
                || (last && queued > 0)) {
            AVFrame frame = encoder.frame(Math.min(queued, encoder.packetSamples()));
            try {
                avutil.av_audio_fifo_read(fifo, frame.extended_data(), frame.nb_samples());
                frame.pts(encodedUpTo);
                encodedUpTo += frame.nb_samples();
                output.write(frame);
            } finally {
                avutil.av_frame_free(frame);
            }
        }
    }

    @Override
    public void close() {
        resources.close();
    }
}
