// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.track;

import static org.assertj.core.api.Assertions.assertThat;

import io.stdcseg.video.Container;
import io.stdcseg.video.Muxer;
import io.stdcseg.video.NativeMemory;
import io.stdcseg.video.track.TrackSource.TimeWindow;
import java.nio.file.Path;
import java.util.Map;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AudioAlignerTest {

    private static final int RATE = 48_000;

    @TempDir Path folder;

    @Test
    void aLongGapTakesLittleMemory() {
        AVCodec pcm = avcodec.avcodec_find_decoder(avcodec.AV_CODEC_ID_PCM_S16LE);
        AVCodecContext source = avcodec.avcodec_alloc_context3(pcm);
        source.sample_rate(RATE);
        avutil.av_channel_layout_default(source.ch_layout(), 2);
        TimeWindow all = new TimeWindow(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, 0);
        AVFrame sound = null;
        try (Muxer file = new Muxer(folder.resolve("sound.mp4"), Container.MP4);
                SoundEncoder encoder = new SoundEncoder(SoundCodec.AAC, source);
                AudioAligner aligner =
                        new AudioAligner(encoder, all, new SoundStream(encoder, file))) {
            sound = encoder.frame(RATE);
            avutil.av_samples_set_silence(
                    sound.extended_data(), 0, RATE, 2, encoder.sampleFormat());
            file.writeHeader(Map.of());
            aligner.add(sound, 0);
            long before = NativeMemory.residentBytes();

            aligner.add(sound, 300);

            assertThat(NativeMemory.residentBytes() - before).isLessThan(50L << 20);
        } finally {
            avutil.av_frame_free(sound);
            avcodec.avcodec_free_context(source);
        }
    }
}
