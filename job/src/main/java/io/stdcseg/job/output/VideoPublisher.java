// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output;

import io.stdcseg.frame.StreamInfo;
import io.stdcseg.video.AudioSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Makes the masked video of a whole stream appear under its name, at once. */
final class VideoPublisher {

    private final OutputFolder folder;
    private final SegmentFormat format;
    private final boolean cutAudio;

    /**
     * @param cutAudio whether sound is taken only for the time that frames were read of
     */
    VideoPublisher(OutputFolder folder, SegmentFormat format, boolean cutAudio) {
        this.folder = folder;
        this.format = format;
        this.cutAudio = cutAudio;
    }

    /** Publishes a stream; once more, if that was done before a failure. */
    void publish(StreamLedger ledger) throws IOException {
        if (!ledger.publishable()) {
            return;
        }
        List<Segment.Piece> pieces = ledger.pieces();
        Path target = folder.video(ledger.stream());
        List<Path> files = pieces.stream().map(piece -> folder.resolve(piece.file())).toList();
        if (!Files.exists(files.get(0)) && Files.exists(target)) {
            // Pieces go, all at once, when everything is published: this attempt came later.
            return;
        }
        format.join(
                files,
                pieces.get(0).info(),
                audio(pieces.get(0), pieces.get(pieces.size() - 1)),
                target,
                files.get(0).resolveSibling(target.getFileName()));
    }

    private AudioSource audio(Segment.Piece first, Segment.Piece last) {
        if (!first.audio()) {
            return null;
        }
        StreamInfo info = first.info();
        Path source = Path.of(info.source());
        if (!cutAudio) {
            return AudioSource.all(source);
        }
        return new AudioSource(source, info.seconds(first.firstPts()), info.seconds(last.endPts()));
    }
}
