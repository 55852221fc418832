// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.run;

import io.stdcseg.error.InputException;
import io.stdcseg.function.score.LabelFolders;
import io.stdcseg.function.score.LabelStore;
import io.stdcseg.job.source.plan.KnownLabels;
import io.stdcseg.job.source.plan.PlannedStream;
import io.stdcseg.job.source.plan.RecordingSet;
import io.stdcseg.job.source.plan.SourceSpec;
import io.stdcseg.label.LabelSet;
import io.stdcseg.store.StorePaths;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Choice of a job's labels: those that are given, else those that lie where a known data set has
 * them, if the label set reads them. Labels read by another set would give wrong scores, and no
 * error.
 */
public final class LabelChoice {

    private static final Logger LOG = LoggerFactory.getLogger(LabelChoice.class);

    private LabelChoice() {}

    /**
     * Chooses, and checks what is given.
     *
     * @param given a folder; null if none is
     * @throws InputException if the folder cannot be used, or two streams or pictures could take a
     *     label
     */
    public static LabelFolders of(String given, SourceSpec sources, LabelSet labelSet) {
        return given == null ? found(sources, labelSet) : given(given, sources, labelSet);
    }

    private static LabelFolders given(String folder, SourceSpec sources, LabelSet labelSet) {
        List<PlannedStream> streams = sources.streams();
        Set<String> pictureFolders = LabelClaims.pictureFolders(streams);
        Path at = StorePaths.path(folder);
        StorePaths.requireReachable(at);
        LabelStore store = LabelStore.open(at, labelSet, pictureFolders);
        LabelClaims.check(store, streams);
        if (sources.watched().any() && !store.flat().isEmpty()) {
            throw new InputException(
                    "label "
                            + store.flat().iterator().next()
                            + " could be of any video that --watch finds; put the labels of each"
                            + " into a folder with its name");
        }
        String doubt = store.doubt();
        if (doubt != null) {
            LOG.warn("{}", doubt);
        }
        return LabelFolders.common(folder, pictureFolders);
    }

    private static LabelFolders found(SourceSpec sources, LabelSet labelSet) {
        Map<String, String> folders = new HashMap<>();
        Set<RecordingSet> refused = EnumSet.noneOf(RecordingSet.class);
        sources.labels()
                .forEach(
                        (stream, labels) -> {
                            if (fit(labels, labelSet)) {
                                folders.put(stream, labels.folder());
                            } else if (refused.add(labels.set())) {
                                LOG.warn("{}", refusal(labels, labelSet));
                            }
                        });
        return LabelFolders.ofStreams(folders);
    }

    private static boolean fit(KnownLabels labels, LabelSet labelSet) {
        return labels.set().labelSets().contains(labelSet.name());
    }

    private static String refusal(KnownLabels labels, LabelSet labelSet) {
        return "labels "
                + labels.folder()
                + " are of "
                + labels.set().name().toLowerCase(Locale.ROOT)
                + ", the classes of "
                + labelSet.name()
                + ": nothing is scored by them; --labels takes them as they are";
    }
}
