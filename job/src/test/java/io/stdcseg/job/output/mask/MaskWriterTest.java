// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output.mask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.frame.BufferPool;
import io.stdcseg.frame.FrameElement;
import io.stdcseg.frame.FrameElement.RangeEnd;
import io.stdcseg.frame.FrameElementTypeInfo;
import io.stdcseg.frame.SegmentedFrame;
import io.stdcseg.job.output.FrameReleaser;
import io.stdcseg.job.output.OutputFolder;
import io.stdcseg.job.output.mask.MaskWriter.MaskIds;
import io.stdcseg.job.testing.Frames;
import io.stdcseg.label.LabelSet;
import io.stdcseg.testing.CountingAllocator;
import io.stdcseg.testing.ForcedFiles;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class MaskWriterTest {

    @TempDir Path dir;

    private final Frames frames = new Frames(new BufferPool(10, new CountingAllocator()));
    private OutputFolder folder;
    private OneInputStreamOperatorTestHarness<FrameElement, FrameElement> harness;

    @BeforeEach
    void start() throws Exception {
        folder = OutputFolder.of(dir);
        open(MaskIds.TRAIN);
    }

    private void open(MaskIds ids) throws Exception {
        open(new MaskWriter(folder, ids, LabelSet.of("cityscapes")));
    }

    private void open(MaskWriter writer) throws Exception {
        harness = new OneInputStreamOperatorTestHarness<>(writer);
        harness.setup(FrameElementTypeInfo.INSTANCE.createSerializer(new SerializerConfigImpl()));
        harness.open();
    }

    @Test
    void writesTrainIdsByFrameIndexAndPassesTheFrameOn() throws Exception {
        SegmentedFrame frame = frames.segmented("drive", 123);
        frame.mask().ids().put(0, (byte) 255).put(5, (byte) 200);

        send(frame);
        send(new RangeEnd("drive", 0, 1, 0));
        harness.endInput();
        harness.close();

        assertThat(harness.extractOutputValues())
                .containsExactly(frame, new RangeEnd("drive", 0, 1, 0));
        BufferedImage png = ImageIO.read(dir.resolve("masks/drive/000123.png").toFile());
        assertThat(png.getType()).isEqualTo(BufferedImage.TYPE_BYTE_GRAY);
        int[] ids = png.getRaster().getSamples(0, 0, 4, 2, 0, (int[]) null);
        assertThat(ids).containsExactly(255, 9, 9, 9, 9, 200, 9, 9);
        assertThat(frames.lent()).isEqualTo(2);
        frame.close();
    }

    @Test
    void writesLabelIdsWhereAskedAndLeavesTheMaskAlone() throws Exception {
        harness.close();
        open(MaskIds.LABEL);
        SegmentedFrame frame = frames.segmented(frames.picture("pics", "town/b"), (byte) 18);
        frame.mask().ids().put(0, (byte) 255).put(5, (byte) 0);

        send(frame);
        harness.endInput();
        harness.close();

        BufferedImage png = ImageIO.read(dir.resolve("masks/pics/town/b.png").toFile());
        int[] ids = png.getRaster().getSamples(0, 0, 4, 2, 0, (int[]) null);
        assertThat(ids).containsExactly(255, 33, 33, 33, 33, 7, 33, 33);
        assertThat(frame.mask().ids().get(1)).isEqualTo((byte) 18);
        frame.close();
    }

    @Test
    void writesMarginsInThePlaceOfMasks() throws Exception {
        harness.close();
        open(MaskWriter.confidence(folder));
        SegmentedFrame plain = frames.segmented("drive", 7);
        SegmentedFrame frame = frames.withConfidence(plain);
        frame.confidence().margins().put(0, (byte) 255).put(7, (byte) 3);

        send(frame);
        harness.endInput();
        harness.close();

        BufferedImage png = ImageIO.read(dir.resolve("confidence/drive/000007.png").toFile());
        int[] margins = png.getRaster().getSamples(0, 0, 4, 2, 0, (int[]) null);
        assertThat(margins).containsExactly(255, 0, 0, 0, 0, 0, 0, 3);
        frame.close();
        assertThat(frames.lent()).isZero();
    }

    @Test
    void leavesNoUnfinishedFile() throws Exception {
        try (SegmentedFrame frame = frames.segmented("drive", 0)) {
            send(frame);
            send(frame);
        }
        harness.endInput();
        harness.close();

        try (Stream<Path> staged = Files.list(folder.resolve(folder.staging()))) {
            assertThat(staged).isEmpty();
        }
        try (Stream<Path> masks = Files.list(dir.resolve("masks/drive"))) {
            assertThat(masks).containsExactly(dir.resolve("masks/drive/000000.png"));
        }
    }

    /** A power cut after the checkpoint must not take what it covers. */
    @Test
    void whatABarrierCoversIsOnTheDisk() throws Exception {
        Path masks = dir.resolve("masks/drive");
        try (ForcedFiles forced = new ForcedFiles()) {
            for (int i = 0; i < 100; i++) {
                try (SegmentedFrame frame = frames.segmented("drive", i)) {
                    send(frame);
                }
            }
            harness.prepareSnapshotPreBarrier(1);

            try (Stream<Path> published = Files.list(masks)) {
                assertThat(published).hasSize(100);
            }
            List<Path> order = forced.stop();
            assertThat(order).last().isEqualTo(masks);
            assertThat(order.stream().filter(file -> file.toString().endsWith(".png")))
                    .hasSize(100);
        }
        harness.close();
    }

    @Test
    void givesTheFrameBackIfItCannotWrite() throws Exception {
        folder.removeStaging(folder.staging());

        assertThatThrownBy(() -> send(frames.segmented("drive", 0)))
                .isInstanceOf(IOException.class);
        assertThat(frames.lent()).isZero();
        harness.close();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aFullDiskIsSaidWithTheMaskThatItHadNoRoomFor() throws Exception {
        Path staging = folder.resolve(folder.staging());
        try (Stream<Path> staged = Files.list(staging)) {
            Path first = staged.toList().get(0).resolve("0.png");
            Files.createSymbolicLink(first, Path.of("/dev/full"));
        }

        assertThatThrownBy(() -> send(frames.segmented("drive", 0)))
                .hasMessage(
                        dir.resolve("masks/drive/000000.png")
                                + ": cannot be written: No space left on device");
        harness.close();
    }

    @Test
    void aMaskThatCannotHaveItsNameFailsTheCheckpoint() throws Exception {
        Files.createFile(dir.resolve("masks"));
        try (SegmentedFrame frame = frames.segmented("drive", 0)) {
            send(frame);
        }

        assertThatThrownBy(() -> harness.prepareSnapshotPreBarrier(1))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(dir.resolve("masks").toString());
        harness.close();
    }

    @Test
    void releaserGivesEveryFrameBack() throws Exception {
        try (OneInputStreamOperatorTestHarness<FrameElement, Void> releaser =
                new OneInputStreamOperatorTestHarness<>(new FrameReleaser())) {
            releaser.open();
            releaser.processElement(new StreamRecord<>(frames.segmented("drive", 0)));
            releaser.processElement(new StreamRecord<>(frames.frame("drive", 1)));
            releaser.processElement(new StreamRecord<>(new RangeEnd("drive", 0, 2, 0)));

            assertThat(frames.lent()).isZero();
        }
        harness.close();
    }

    private void send(FrameElement element) throws Exception {
        harness.processElement(new StreamRecord<>(element));
    }
}
