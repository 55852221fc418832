// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.run;

import io.stdcseg.engine.Devices;
import io.stdcseg.engine.InputMemory;
import io.stdcseg.engine.PictureSize;
import io.stdcseg.engine.SegmenterOptions;
import io.stdcseg.engine.choice.Engines;
import io.stdcseg.error.InputException;
import io.stdcseg.frame.StreamInfo;
import io.stdcseg.job.source.plan.PlannedStream;
import io.stdcseg.job.source.plan.PlannedStream.StreamKind;
import io.stdcseg.network.InputScale;
import io.stdcseg.picture.PictureReader;
import io.stdcseg.picture.PictureReader.DecodedPicture;
import io.stdcseg.store.StorePaths;
import io.stdcseg.video.decode.VideoDecoder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Check of memory: refuses sizes that it cannot hold before anything is started for them. What is
 * not seen here, such as a later picture of another size, the network refuses when it comes.
 */
public final class MemoryCheck {

    private static final InputMemory MEMORY = InputMemory.HERE;

    private MemoryCheck() {}

    /**
     * Makes sure that pictures fit at the scale that was asked for; a GPU's memory is its own.
     *
     * @throws InputException if they do not; one line with the largest scale that does
     */
    public static void require(SegmenterOptions network, PictureSize size, int pictures) {
        for (InputScale scale : scales(network)) {
            Optional<InputException> refusal = MEMORY.refusal(scale, size, pictures);
            if (refusal.isPresent() && !Devices.isGpu(Engines.devices(network).get(0))) {
                throw refusal.get();
            }
        }
    }

    /** The same for the first picture of a job, which is looked at only where that may matter. */
    public static void require(SegmenterOptions network, List<PlannedStream> streams) {
        if (!surelyHolds(network)) {
            streams.stream()
                    .filter(
                            stream ->
                                    stream.kind() != StreamKind.UNREADABLE
                                            && stream.kind() != StreamKind.LIVE)
                    .findFirst()
                    .flatMap(MemoryCheck::firstPicture)
                    .ifPresent(size -> require(network, size, Math.max(1, network.batchSize())));
        }
    }

    /** The same for one picture. */
    public static void require(SegmenterOptions network, Path picture) {
        if (!surelyHolds(network)) {
            require(network, size(picture), 1);
        }
    }

    private static boolean surelyHolds(SegmenterOptions network) {
        return scales(network).stream().allMatch(MEMORY::surelyHolds);
    }

    private static List<InputScale> scales(SegmenterOptions network) {
        if (!network.scales().isEmpty()) {
            return network.scales().stream().map(InputScale::by).toList();
        }
        return network.scale() == null ? List.of() : List.of(network.scale());
    }

    /** Empty if it cannot be read: the job says so, or leaves it out. */
    private static Optional<PictureSize> firstPicture(PlannedStream stream) {
        try {
            if (stream.kind() == StreamKind.PICTURES) {
                return Optional.of(
                        size(StorePaths.path(stream.path()).resolve(stream.pictures().get(0))));
            }
            try (VideoDecoder video =
                    VideoDecoder.open(stream.name(), StorePaths.path(stream.path()))) {
                StreamInfo info = video.info();
                return Optional.of(new PictureSize(info.displayHeight(), info.displayWidth()));
            }
        } catch (InputException e) {
            return Optional.empty();
        }
    }

    private static PictureSize size(Path file) {
        try (DecodedPicture picture = PictureReader.open(file)) {
            return new PictureSize(picture.height(), picture.width());
        }
    }
}
