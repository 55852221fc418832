// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene;

import io.stdcseg.error.InputException;
import io.stdcseg.frame.BufferPool;
import io.stdcseg.frame.Rational;
import io.stdcseg.frame.StreamInfo;
import io.stdcseg.label.MaskFileWriter;
import io.stdcseg.scene.render.Framebuffer;
import io.stdcseg.video.NativeMemory;
import io.stdcseg.video.encode.SegmentEncoder;
import io.stdcseg.video.encode.SegmentJoiner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.LongConsumer;

/**
 * Writer of a rendered clip: a video and one label picture per frame, {@code street.mp4} and {@code
 * labels/000000.png} and so on, 8-bit grey pictures of train ids of the {@code camvid} label set.
 */
final class ClipWriter {

    /** Length of the sample clip, in seconds. */
    static final double DEFAULT_SECONDS = 10;

    private static final int TICKS = 1000;

    /** One thread: with more, the encoder's output is not the same each time. */
    private static final SegmentEncoder.Options ENCODER = new SegmentEncoder.Options(1, 2);

    private ClipWriter() {}

    /**
     * Writes a clip into a folder, over the one that may be there.
     *
     * @param seconds length of the clip, above 0
     * @param progress told how many frames are done, after each
     * @throws InputException if the length is not allowed, or the folder cannot be written
     */
    static void write(Path folder, SceneOptions options, double seconds, LongConsumer progress) {
        long frames = Math.round(seconds * options.frameRate());
        if (!(seconds > 0) || frames < 1 || frames > 1_000_000) {
            throw new InputException(
                    "length "
                            + seconds
                            + " s of a clip; 1 to 1000000 frames are allowed, at "
                            + options.frameRate()
                            + " frames/s");
        }
        Path labels = folder.resolve("labels");
        Path segment = folder.resolve(".street.segment.mp4");
        try {
            Files.createDirectories(labels);
            removeLabels(labels);
            StreamInfo info = info(options);
            encode(segment, labels, info, options, frames, progress);
            SegmentJoiner.join(List.of(segment), info, null, folder.resolve("street.mp4"));
        } catch (IOException | UncheckedIOException e) {
            throw new InputException(
                    "clip cannot be written to " + folder + ": " + e.getMessage(), e);
        } finally {
            segment.toFile().delete();
        }
    }

    private static void encode(
            Path segment,
            Path labels,
            StreamInfo info,
            SceneOptions options,
            long frames,
            LongConsumer progress)
            throws IOException {
        StreetScene scene = new StreetScene(options);
        BufferPool.Memory yuv = new NativeMemory().allocate(info.yuvBytes());
        try (SegmentEncoder encoder = new SegmentEncoder(segment, info, ENCODER);
                MaskFileWriter masks = new MaskFileWriter()) {
            for (long frame = 0; frame < frames; frame++) {
                Framebuffer picture = scene.render(frame);
                Yuv.convert(picture.rgb(), picture.width(), picture.height(), yuv.bytes());
                encoder.encode(yuv.bytes(), frame * TICKS, TICKS);
                Path file = labels.resolve(String.format(Locale.ROOT, "%06d.png", frame));
                masks.write(
                        file, picture.width(), picture.height(), ByteBuffer.wrap(picture.labels()));
                progress.accept(frame + 1);
            }
        } finally {
            yuv.free();
        }
    }

    private static StreamInfo info(SceneOptions options) {
        int ticksPerSecond = (int) Math.round(options.frameRate() * TICKS);
        return new StreamInfo(
                "street",
                "seed " + options.seed(),
                options.width(),
                options.height(),
                0,
                new Rational(1, ticksPerSecond),
                new Rational(ticksPerSecond, TICKS),
                new Rational(1, 1),
                Yuv.COLOR);
    }

    /** A shorter clip must not keep the labels of a longer one. */
    private static void removeLabels(Path labels) throws IOException {
        try (DirectoryStream<Path> old = Files.newDirectoryStream(labels, "[0-9]*.png")) {
            for (Path file : old) {
                Files.delete(file);
            }
        }
    }
}
