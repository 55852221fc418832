// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function.score;

import io.stdcseg.error.InputException;
import io.stdcseg.label.LabelSet;
import io.stdcseg.store.StorePaths;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Folders in which a job's labels lie: one for all streams, or one for each that has labels. */
public final class LabelFolders implements Serializable {

    private static final long serialVersionUID = 1L;

    private final String common;
    private final HashSet<String> pictureFolders;
    private final HashMap<String, String> ofStreams;

    private LabelFolders(String common, Set<String> pictureFolders, Map<String, String> ofStreams) {
        this.common = common;
        this.pictureFolders = new HashSet<>(pictureFolders);
        this.ofStreams = new HashMap<>(ofStreams);
    }

    /** No labels: nothing is scored. */
    public static LabelFolders none() {
        return ofStreams(Map.of());
    }

    /**
     * One folder for all streams.
     *
     * @param pictureFolders see {@link LabelStore#open}
     */
    public static LabelFolders common(String folder, Set<String> pictureFolders) {
        return new LabelFolders(folder, pictureFolders, Map.of());
    }

    /** A folder for each stream that is named; several may have the same. */
    public static LabelFolders ofStreams(Map<String, String> folders) {
        return new LabelFolders(null, Set.of(), folders);
    }

    /** Whether there are any labels to score by. */
    public boolean hasLabels() {
        return common != null || !ofStreams.isEmpty();
    }

    /**
     * Opens the common folder, if there is one; those of streams are opened when they are needed.
     *
     * @throws InputException as {@link LabelStore#open}
     */
    public Stores open(LabelSet labelSet) {
        return new Stores(labelSet);
    }

    /** Stores of the labels, opened once for each folder. For one thread at a time. */
    public final class Stores {

        private final LabelSet labelSet;
        private final Map<String, LabelStore> opened = new HashMap<>();

        private Stores(LabelSet labelSet) {
            this.labelSet = labelSet;
            if (common != null) {
                of(common);
            }
        }

        /**
         * The store with a stream's labels; null if it has none.
         *
         * @throws InputException as {@link LabelStore#open}
         */
        public LabelStore ofStream(String stream) {
            String folder = common == null ? ofStreams.get(stream) : common;
            return folder == null ? null : of(folder);
        }

        /**
         * Reads the label of a frame.
         *
         * @param name of its picture; null for a frame of a video
         * @return {@code height} rows of {@code width} train ids, which the next call overwrites;
         *     null if it has none
         * @throws InputException as {@link LabelStore#read}
         */
        public ByteBuffer read(String stream, long index, String name, int width, int height) {
            LabelStore store = ofStream(stream);
            if (store == null) {
                return null;
            }
            Path file = name == null ? store.find(stream, index) : store.find(stream, name);
            return file == null ? null : store.read(file, width, height);
        }

        private LabelStore of(String folder) {
            return opened.computeIfAbsent(
                    folder, key -> LabelStore.open(StorePaths.path(key), labelSet, pictureFolders));
        }
    }
}
