// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.error.InputException;
import io.stdcseg.frame.StreamInfo;
import io.stdcseg.testing.FolderStore;
import io.stdcseg.testing.SharedData;
import io.stdcseg.testing.SyntheticVideo;
import io.stdcseg.video.encode.SegmentEncoder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Videos in a store give the pictures of local ones, and a store's failure is no damage. */
class StoredVideoTest {

    private static final int LOOKED_AT = 25;

    @TempDir Path folder;

    /** Sums and times of the first pictures, and what was damaged; the reason, if there is none. */
    private static List<String> pictures(Path file) {
        return pictures(file, VideoRange.WHOLE);
    }

    private static List<String> pictures(Path file, VideoRange range) {
        List<String> pictures = new ArrayList<>();
        try (VideoDecoder video =
                VideoDecoder.open("v", file, VideoDecoder.Options.DEFAULT, range)) {
            ByteBuffer rgb = ByteBuffer.allocateDirect(video.info().rgbBytes());
            while (pictures.size() < LOOKED_AT && video.advance()) {
                video.writeRgb(rgb.rewind());
                CRC32 sum = new CRC32();
                sum.update(rgb);
                pictures.add(video.pts() + " " + sum.getValue());
            }
            pictures.add(video.skipped() + " left out, " + video.firstReason());
            pictures.add(video.estimatedFrames() + " of " + video.durationSeconds() + " s");
        } catch (InputException e) {
            pictures.add(e.getMessage().replace(file.toString(), "FILE"));
        }
        return pictures;
    }

    @Test
    void givesThePicturesOfLocalFiles() throws IOException {
        Path videos = SharedData.require("videos");
        List<Path> files;
        try (Stream<Path> all = Files.walk(videos)) {
            files = all.filter(Files::isRegularFile).sorted().toList();
        }
        assertThat(files).hasSizeGreaterThan(20);
        for (Path file : files) {
            assertThat(pictures(FolderStore.of(file)))
                    .as(file.toString())
                    .isEqualTo(pictures(file));
        }
    }

    @Test
    void givesThePicturesOfWhatFillsTheBufferSeveralTimes() throws IOException {
        Path file = video();

        assertThat(pictures(FolderStore.of(file))).hasSize(LOOKED_AT + 2).isEqualTo(pictures(file));
    }

    @Test
    void isCutIntoTheSameRangesWhichGiveTheSamePictures() {
        Path file = SharedData.require("videos/awkward/ts__exo_bbb_2500ms.ts");
        Path stored = FolderStore.of(file);
        List<VideoRange> ranges = ranges(stored);

        assertThat(ranges).hasSizeGreaterThan(1).isEqualTo(ranges(file));
        for (VideoRange range : ranges) {
            assertThat(pictures(stored, range)).isEqualTo(pictures(file, range));
        }
    }

    private static List<VideoRange> ranges(Path file) {
        VideoIndex index = VideoIndex.read(file);
        return index.ranges(0, index.pictures(), 0.1);
    }

    @Test
    void storeThatFailsIsNoDamage() throws Exception {
        Path stored = FolderStore.of(video());
        try (VideoDecoder video = VideoDecoder.open("v", stored)) {
            try (AutoCloseable failing = FolderStore.failingBehind(0)) {
                assertThatThrownBy(
                                () -> {
                                    while (video.advance()) {
                                        assertThat(video.skipped()).isZero();
                                    }
                                })
                        .isInstanceOf(UncheckedIOException.class)
                        .hasMessage(
                                "video " + stored + " cannot be read at present: connection reset");
                assertThatThrownBy(() -> VideoDecoder.open("v", stored))
                        .isInstanceOf(UncheckedIOException.class);
            }
        }
    }

    @Test
    void whatIsNotThereOrEmptyIsRefused() throws IOException {
        Path none = FolderStore.of(folder.resolve("none.mp4"));
        Path empty = FolderStore.of(Files.createFile(folder.resolve("empty.mp4")));

        assertThatThrownBy(() -> VideoDecoder.open("v", none))
                .isInstanceOf(InputException.class)
                .hasMessage("video " + none + " cannot be read: the file does not exist");
        assertThatThrownBy(() -> VideoDecoder.open("v", empty))
                .isInstanceOf(InputException.class)
                .hasMessage("video " + empty + " cannot be read: the file is empty");
    }

    /** Noise that no encoder makes small: some megabytes. */
    private Path video() {
        StreamInfo info = SyntheticVideo.info(640, 480);
        Random random = new Random(7);
        Path file = folder.resolve("noise.mp4");
        try (SegmentEncoder encoder =
                new SegmentEncoder(file, info, SegmentEncoder.Options.DEFAULT)) {
            byte[] noise = new byte[info.yuvBytes()];
            for (int i = 0; i < 100; i++) {
                random.nextBytes(noise);
                ByteBuffer yuv = ByteBuffer.allocateDirect(noise.length).put(noise).flip();
                encoder.encode(yuv, 3000L * i, 3000);
            }
        }
        return file;
    }
}
