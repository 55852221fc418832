// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output.frames;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.frame.BufferPool;
import io.stdcseg.frame.FrameElement;
import io.stdcseg.frame.FrameElement.RangeEnd;
import io.stdcseg.frame.FrameElementTypeInfo;
import io.stdcseg.frame.FrameQuality;
import io.stdcseg.frame.SegmentedFrame;
import io.stdcseg.job.output.OutputFolder;
import io.stdcseg.job.testing.Frames;
import io.stdcseg.label.LabelSet;
import io.stdcseg.label.MaskFiles;
import io.stdcseg.picture.PictureReader;
import io.stdcseg.testing.CountingAllocator;
import io.stdcseg.testing.FolderStore;
import io.stdcseg.testing.ForcedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class FrameWriterTest {

    private static final FrameQuality UNKNOWN =
            new FrameQuality(Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);

    @TempDir private Path dir;

    private final Frames frames = new Frames(new BufferPool(10, new CountingAllocator()));
    private OutputFolder folder;
    private OneInputStreamOperatorTestHarness<FrameElement, FrameElement> harness;

    @BeforeEach
    void open() throws Exception {
        folder = OutputFolder.of(dir);
        start();
    }

    private void start() throws Exception {
        harness =
                new OneInputStreamOperatorTestHarness<>(
                        new FrameWriter(folder, LabelSet.of("cityscapes"), 2));
        harness.setup(FrameElementTypeInfo.INSTANCE.createSerializer(new SerializerConfigImpl()));
        harness.open();
    }

    @AfterEach
    void close() throws Exception {
        harness.close();
    }

    @Test
    void writesPictureAndMaskAndPassesEverythingOn() throws Exception {
        SegmentedFrame frame = frames.segmented("drive", 7).with(KeptFrames.miou(0.5));
        frame.mask().ids().put(5, (byte) 0);
        frame.frame().rgb().put(new byte[24]);
        RangeEnd end = new RangeEnd("drive", 0, 1, 0);

        send(frame);
        frame.frame().rgb().put(0, (byte) 99); // A later operator may draw into it.
        send(end);
        assertThat(kept()).isEmpty();
        harness.prepareSnapshotPreBarrier(1);

        assertThat(harness.extractOutputValues()).containsExactly(frame, end);
        KeptFrame kept = kept().get(0);
        assertThat(kept.in(null, null)).isEqualTo(KeptFrame.of(frame));
        assertThat(kept.seconds()).isEqualTo(1.2);
        assertThat(PictureReader.read(dir.resolve(kept.image())).rgb()).containsOnly(0);
        // Ids of the data set's own label files.
        assertThat(MaskFiles.read(dir.resolve(kept.label())).ids())
                .containsExactly(20, 20, 20, 20, 20, 7, 20, 20);
        frame.close();
        assertThat(frames.lent()).isZero();
    }

    @Test
    void tellsOnlyOfWhatIsStillTheWorstBeforeABarrier() throws Exception {
        // 200 ms is the third bucket, where five of 67 ms are too many.
        for (int i = 0; i < 30; i++) {
            send("drive", i, i % 10 == 4 ? 0.9 : 0.1);
        }
        harness.prepareSnapshotPreBarrier(1);
        // 1.07 s: from 500 ms on 6 to 10 frames are in a bucket.
        assertThat(levels()).containsExactly(TimeBuckets.FINEST + 4);
        assertThat(kept()).extracting(KeptFrame::index).contains(4L, 14L, 24L).hasSizeLessThan(5);
        assertThat(staged()).hasSize(2 * kept().size());

        int before = kept().size();
        send("drive", 30, 0.05);
        harness.prepareSnapshotPreBarrier(2);
        assertThat(kept()).hasSize(before);

        send("drive", 31, 0.95);
        harness.endInput();
        assertThat(kept()).hasSize(before + 1).last().extracting(KeptFrame::index).isEqualTo(31L);
        assertThat(drafts()).isEmpty();
    }

    @Test
    void framesOfWhichNothingIsKnownAreLeft() throws Exception {
        try (SegmentedFrame frame = frames.segmented("drive", 0).with(UNKNOWN)) {
            send(frame);
        }
        harness.endInput();

        assertThat(kept()).isEmpty();
    }

    /** A power cut after the checkpoint must not take what it covers. */
    @Test
    void whatABarrierCoversIsOnTheDisk() throws Exception {
        try (ForcedFiles forced = new ForcedFiles()) {
            send("drive", 0, 0.5);
            send("drive", 9, 0.5);
            harness.prepareSnapshotPreBarrier(1);

            List<Path> order = forced.stop();
            assertThat(order).last().isEqualTo(dir.resolve(folder.frameStaging()));
            assertThat(order.stream().filter(file -> file.toString().matches(".*(jpg|png)")))
                    .hasSize(4);
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aFullDiskIsSaidWithThePictureThatItHadNoRoomFor() throws Exception {
        try (Stream<Path> drafts = Files.list(dir.resolve(folder.staging()))) {
            Path first = drafts.toList().get(0).resolve("0.jpg");
            Files.createSymbolicLink(first, Path.of("/dev/full"));
        }
        send("drive", 0, 0.5);

        assertThatThrownBy(() -> send("drive", 9, 0.5))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        dir.resolve("frames/images/drive_000000.jpg")
                                + ": cannot be written: No space left on device");
        assertThat(frames.lent()).isZero();
    }

    @Test
    void aStoreGetsThemToo() throws Exception {
        harness.close();
        folder.release();
        folder = OutputFolder.of(FolderStore.of(dir));
        start();
        send("drive", 0, 0.5);
        harness.endInput();

        KeptFrame kept = kept().get(0);
        assertThat(dir.resolve(kept.image())).isNotEmptyFile();
        assertThat(dir.resolve(kept.label())).isNotEmptyFile();
    }

    private void send(String stream, long index, double worth) throws Exception {
        try (SegmentedFrame frame = frames.segmented(stream, index).with(KeptFrames.miou(worth))) {
            send(frame);
        }
    }

    private void send(FrameElement element) throws Exception {
        harness.processElement(new StreamRecord<>(element));
    }

    private List<KeptFrame> kept() {
        return events().map(FrameEvent::frame).filter(Objects::nonNull).toList();
    }

    private List<Integer> levels() {
        return events().map(FrameEvent::level).filter(level -> level > 0).toList();
    }

    private Stream<FrameEvent> events() {
        var side = harness.getSideOutput(FrameWriter.KEPT);
        return side == null ? Stream.of() : side.stream().map(StreamRecord::getValue);
    }

    private List<Path> staged() throws IOException {
        try (Stream<Path> files = Files.list(dir.resolve(folder.frameStaging()))) {
            return files.toList();
        }
    }

    private List<Path> drafts() throws IOException {
        try (Stream<Path> files = Files.walk(dir.resolve(folder.staging()))) {
            return files.filter(Files::isRegularFile).toList();
        }
    }
}
