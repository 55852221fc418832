// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.source.split;

import io.stdcseg.video.live.LivePosition;

/**
 * Progress of a split: how far it has been emitted.
 *
 * @param nextPicture number, in the stream, of the first picture that is not dealt with yet
 * @param frames how many frames were emitted
 * @param skipped how many pictures could not be decoded
 * @param ended whether the closing markers were emitted, so that nothing is left
 * @param live of a live stream, what goes on over a restart; else null
 */
public record SplitProgress(
        long nextPicture, long frames, long skipped, boolean ended, LivePosition live) {

    /** Of what is not live. */
    public SplitProgress(long nextPicture, long frames, long skipped, boolean ended) {
        this(nextPicture, frames, skipped, ended, null);
    }

    /** Of a live stream. */
    public static SplitProgress of(LivePosition live) {
        return new SplitProgress(live.number(), live.frames(), live.skipped(), false, live);
    }

    public static final SplitProgress START = new SplitProgress(0, 0, 0, false);

    /** After the frame of picture {@code number}. */
    public SplitProgress afterFrame(long number) {
        return new SplitProgress(number + 1, frames + 1, skipped, false);
    }

    /** After picture {@code number}, which was not wanted. */
    public SplitProgress afterUnwanted(long number) {
        return new SplitProgress(number + 1, frames, skipped, false);
    }

    /** After picture {@code number}, which could not be decoded. */
    public SplitProgress afterSkipped(long number) {
        return new SplitProgress(number + 1, frames, skipped + 1, false);
    }

    /** After the closing markers. */
    public SplitProgress end() {
        return new SplitProgress(nextPicture, frames, skipped, true, live);
    }
}
