// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job;

import io.stdcseg.error.InputException;
import io.stdcseg.function.LabelStore;
import io.stdcseg.job.source.PlannedStream;
import io.stdcseg.job.source.StreamKind;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which streams would take a label, told before anything runs. A label is of one frame; where the
 * frames of two streams would be scored by it, one of the scores would be wrong and nobody would
 * see.
 */
final class LabelClaims {

    private final Map<Path, String> owners = new HashMap<>();

    private LabelClaims() {}

    /**
     * Refuses labels that several streams would take.
     *
     * @throws InputException that names label and streams
     */
    static void check(LabelStore labels, List<PlannedStream> streams) {
        LabelClaims claims = new LabelClaims();
        for (PlannedStream stream : streams) {
            if (stream.kind() == StreamKind.PICTURES) {
                for (int i = 0; i < stream.pictures().size(); i++) {
                    Path label = labels.find(stream.name(), stream.pictureName(i));
                    if (label != null) {
                        claims.claim(label, stream.name());
                    }
                }
            } else if (stream.kind() == StreamKind.VIDEO && !labels.hasFolderOf(stream.name())) {
                labels.flat().forEach(label -> claims.claim(label, stream.name()));
            }
        }
    }

    private void claim(Path label, String stream) {
        String other = owners.putIfAbsent(label, stream);
        if (other != null && !other.equals(stream)) {
            throw new InputException(
                    "label "
                            + label
                            + " could be of stream "
                            + other
                            + " or "
                            + stream
                            + "; put the labels of each into a folder with its name");
        }
    }
}
