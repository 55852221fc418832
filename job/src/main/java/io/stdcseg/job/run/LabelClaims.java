// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.run;

import io.stdcseg.error.InputException;
import io.stdcseg.function.score.LabelStore;
import io.stdcseg.job.source.plan.PlannedStream;
import io.stdcseg.job.source.plan.PlannedStream.StreamKind;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Check of labels before anything runs: each belongs to one frame. Where two frames would be scored
 * by it, one of the scores would be wrong and nobody would see.
 */
final class LabelClaims {

    private final Map<Path, Owner> owners = new HashMap<>();

    private LabelClaims() {}

    /** The folders in which labels of these streams' pictures, and no other, may lie. */
    static Set<String> pictureFolders(List<PlannedStream> streams) {
        Set<String> folders = new HashSet<>();
        for (PlannedStream stream : streams) {
            for (int i = 0; i < stream.pictures().size(); i++) {
                folders.addAll(LabelStore.foldersOf(stream.name(), stream.pictureName(i)));
            }
        }
        return folders;
    }

    /**
     * Refuses labels that several streams or pictures would take, and pictures that could have
     * several labels.
     *
     * @throws InputException that names label and streams, or pictures
     */
    static void check(LabelStore labels, List<PlannedStream> streams) {
        LabelClaims claims = new LabelClaims();
        for (PlannedStream stream : streams) {
            if (stream.kind() == StreamKind.PICTURES) {
                for (int i = 0; i < stream.pictures().size(); i++) {
                    String picture = stream.pictureName(i);
                    Path label = labels.find(stream.name(), picture);
                    if (label != null) {
                        claims.claim(label, new Owner(stream.name(), picture));
                    }
                }
            } else if (stream.kind() == StreamKind.VIDEO && !labels.hasFolderOf(stream.name())) {
                Owner owner = new Owner(stream.name(), null);
                labels.flat().forEach(label -> claims.claim(label, owner));
            }
        }
    }

    private void claim(Path label, Owner owner) {
        Owner other = owners.putIfAbsent(label, owner);
        if (other == null || other.equals(owner)) {
            return;
        }
        if (other.stream().equals(owner.stream())) {
            throw new InputException(
                    "label "
                            + label
                            + " could be of picture "
                            + other.picture()
                            + " or "
                            + owner.picture()
                            + "; put it where its picture lies below "
                            + owner.stream());
        }
        throw new InputException(
                "label "
                        + label
                        + " could be of stream "
                        + other.stream()
                        + " or "
                        + owner.stream()
                        + "; put the labels of each into a folder with its name");
    }

    /**
     * Owner of a label: the stream, or the picture in it, that is scored by it.
     *
     * @param picture its name; null for frames of a video
     */
    private record Owner(String stream, String picture) {}
}
