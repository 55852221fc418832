// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.source.reader;

import io.stdcseg.error.InputException;
import io.stdcseg.frame.FrameElement.SkippedPicture;
import io.stdcseg.frame.StreamInfo;
import io.stdcseg.job.source.plan.PlannedStream;
import io.stdcseg.job.source.plan.PlannedStream.StreamKind;
import io.stdcseg.job.source.plan.ReadOptions;
import io.stdcseg.job.source.split.SplitProgress;
import io.stdcseg.job.source.split.VideoSplit;
import io.stdcseg.video.decode.VideoRange;
import org.apache.flink.runtime.execution.SuppressRestartsException;

/**
 * Cursor over the pictures of a range: decodes one after the other and says whether it becomes a
 * frame, was not asked for, or is damaged and left out.
 *
 * <p>Progress counts pictures, not timestamps, so that it is exact in files whose timestamps are
 * not. Used by the decoding thread.
 */
final class RangeCursor {

    /** So many undecodable pictures in a row mean that the rest of the stream is lost. */
    private static final int LOST_AFTER = 1000;

    private final VideoSplit split;
    private final PlannedStream stream;
    private final VideoRange extent;
    private final ReadOptions options;
    private final FrameDecoder decoder;
    private final SourceMetrics metrics;
    private final boolean oneSize;
    private SplitProgress progress;
    private int failuresInARow;
    private boolean readable;
    private String failure;
    private StreamInfo first;
    private SkippedPicture skipped;

    /** A cursor before the first picture; goes on behind what the split's progress says. */
    RangeCursor(
            VideoSplit split, ReadOptions options, FrameDecoder decoder, SourceMetrics metrics) {
        this.split = split;
        this.stream = split.stream();
        this.extent = split.extent();
        this.options = options;
        this.decoder = decoder;
        this.metrics = metrics;
        // A video has one size; where none is written, pictures may differ.
        this.oneSize = options.withYuv() && stream.kind() == StreamKind.PICTURES;
        this.progress = split.progress();
        this.readable = progress.frames() > 0;
    }

    /** Step of the cursor: what it met. */
    enum Step {
        /** A picture that becomes a frame: {@link RangeCursor#emitted} goes past it. */
        FRAME,
        /** A picture that was not asked for, or is in the progress that was restored. */
        PASSED,
        /** Damage that was left out: {@link RangeCursor#skipped} says what. */
        SKIPPED,
        /** The end of the range. */
        END
    }

    /**
     * Moves to the next picture.
     *
     * @throws SuppressRestartsException if it cannot be decoded, or has a size of its own, and that
     *     is not to be left out
     */
    Step advance() {
        if (!isNeeded() && decoder.skip()) {
            return pass();
        }
        boolean more;
        try {
            more = metrics.timed(decoder::advance);
        } catch (InputException e) {
            if (!options.onError().leavesDamageOut()) {
                throw new SuppressRestartsException(e);
            }
            return skip(e.getMessage());
        }
        failuresInARow = 0;
        if (!more) {
            return Step.END;
        }
        readable = true;
        if (isBehind()) {
            return Step.END;
        }
        boolean wanted = isWithin() && options.selects(decoder.number());
        if (wanted && !hasSizeOfFirst()) {
            return skip(otherSize());
        }
        return wanted && isNew() ? Step.FRAME : pass();
    }

    /** Ranges that were counted are what {@code --from} and {@code --to} leave. */
    private boolean isBehind() {
        return extent.counted() ? decoder.pts() >= extent.endPts() : decoder.time() >= options.to();
    }

    private boolean isWithin() {
        return extent.counted()
                ? decoder.pts() >= extent.startPts()
                : decoder.time() >= options.from();
    }

    /** Whether no earlier attempt has dealt with the present picture. */
    private boolean isNew() {
        return decoder.number() >= progress.nextPicture();
    }

    /** Number, in the stream, of the present picture. */
    long number() {
        return decoder.number();
    }

    /** How far the range is read. */
    SplitProgress progress() {
        return progress;
    }

    /** Whether so much cannot be decoded that nothing more is to be expected. */
    boolean lost() {
        return failuresInARow >= LOST_AFTER;
    }

    /** Goes past the present picture, which became a frame. */
    SplitProgress emitted() {
        progress = progress.afterFrame(number());
        return progress;
    }

    /** What the last step left out. */
    SkippedPicture skipped() {
        return skipped;
    }

    /** Whether all of the pictures that there were are damaged, in this run or an earlier one. */
    boolean nothingReadable() {
        return !readable && progress.skipped() > 0;
    }

    /** Why the last picture that was left out was; null if none was. */
    String failure() {
        return failure;
    }

    /** Whether the next picture must be decoded: for itself, or for its size. */
    private boolean isNeeded() {
        long next = decoder.number() + 1;
        boolean passed = next < progress.nextPicture();
        boolean sizeKnown = !oneSize || first != null;
        return options.selects(next) && !(passed && sizeKnown);
    }

    private Step pass() {
        if (isNew()) {
            progress = progress.afterUnwanted(number());
        }
        return Step.PASSED;
    }

    /** What an earlier attempt has reported is only passed. */
    private Step skip(String why) {
        failure = why;
        failuresInARow++;
        if (!isNew()) {
            return Step.PASSED;
        }
        progress = progress.afterSkipped(number());
        metrics.skipped();
        String name =
                stream.kind() == StreamKind.PICTURES ? stream.pictures().get((int) number()) : null;
        skipped = new SkippedPicture(stream.name(), split.range(), number(), name, why);
        return Step.SKIPPED;
    }

    private boolean hasSizeOfFirst() {
        if (!oneSize) {
            return true;
        }
        StreamInfo info = decoder.info();
        if (first == null) {
            first = info;
        }
        return info.width() == first.width() && info.height() == first.height();
    }

    /** Not damage: where it is not said that any source may be left out, it has to be said. */
    private String otherSize() {
        StreamInfo info = decoder.info();
        String why =
                "picture "
                        + decoder.name()
                        + " of stream "
                        + stream.name()
                        + " is "
                        + info.width()
                        + "x"
                        + info.height()
                        + "; a video is written, and its first picture is "
                        + first.width()
                        + "x"
                        + first.height();
        if (!options.onError().leavesSourcesOut()) {
            throw new SuppressRestartsException(new InputException(why));
        }
        return why;
    }
}
