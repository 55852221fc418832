// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output.event;

import io.stdcseg.job.output.OutputFolder;
import io.stdcseg.job.output.commit.Committable;
import io.stdcseg.job.output.event.StreamPieces.Piece;
import io.stdcseg.job.output.playlist.Chunks;
import io.stdcseg.job.output.video.PlaylistSegment;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Rule by which segments become published pieces: that of the committer which publishes them. */
public sealed interface PieceRule extends Serializable {

    /** Takes a stream's next segment; what is whole by it. */
    List<VideoEvent> add(Committable.Segment segment, StreamPieces stream);

    /**
     * What becomes whole because nothing follows; changes nothing, as a job may go on after all.
     */
    List<VideoEvent> end(StreamPieces stream);

    /** Each segment is a piece, in a playlist. */
    record OfPlaylists(OutputFolder folder) implements PieceRule {

        @Override
        public List<VideoEvent> add(Committable.Segment segment, StreamPieces stream) {
            String file =
                    folder.playlistName(segment.stream())
                            + "/"
                            + PlaylistSegment.listedName(segment.file());
            Piece piece = Piece.of(segment);
            return List.of(VideoEvent.of("segment", folder.root(), file, piece));
        }

        @Override
        public List<VideoEvent> end(StreamPieces stream) {
            return List.of();
        }
    }

    /** Pieces are files of equal length. */
    record OfChunks(Chunks chunks) implements PieceRule {

        @Override
        public List<VideoEvent> add(Committable.Segment segment, StreamPieces stream) {
            List<VideoEvent> whole = new ArrayList<>();
            if (!stream.endsBefore(segment)) {
                stream.extend(segment);
            } else {
                if (!stream.growing().isEmpty()) {
                    whole.add(event(stream.told(), stream.take()));
                }
                stream.begin(segment);
            }
            if (chunks.isWhole(stream.last().first(), stream.last().last())) {
                whole.add(event(stream.told(), stream.take()));
            }
            return whole;
        }

        @Override
        public List<VideoEvent> end(StreamPieces stream) {
            return stream.growing().stream().map(piece -> event(stream.told(), piece)).toList();
        }

        private VideoEvent event(int number, Piece piece) {
            String file = chunks.file(piece.first().stream(), number).getFileName().toString();
            return VideoEvent.of("chunk", chunks.folder().root(), file, piece);
        }
    }

    /**
     * The whole stream is a piece; of a live one several, where no single file can hold it.
     *
     * @param ending of files, without a dot
     * @param live names of the streams that come from no file
     */
    record OfVideos(OutputFolder folder, String ending, Set<String> live) implements PieceRule {

        @Override
        public List<VideoEvent> add(Committable.Segment segment, StreamPieces stream) {
            boolean another = live.contains(segment.stream()) && stream.endsBefore(segment);
            if (another || stream.growing().isEmpty()) {
                stream.begin(segment);
            } else {
                stream.extend(segment);
            }
            return List.of();
        }

        @Override
        public List<VideoEvent> end(StreamPieces stream) {
            Committable.StreamDone done = stream.order().done();
            if (done != null && done.error() != null) {
                return List.of();
            }
            List<VideoEvent> whole = new ArrayList<>();
            List<Piece> parts = stream.growing();
            for (int i = 0; i < parts.size(); i++) {
                String file =
                        (parts.size() == 1
                                        ? folder.video(stream.stream(), ending)
                                        : folder.chunk(stream.stream(), i, ending))
                                .getFileName()
                                .toString();
                whole.add(VideoEvent.of("video", folder.root(), file, parts.get(i)));
            }
            return whole;
        }
    }
}
