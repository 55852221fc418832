// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training;

import io.stdcseg.error.InputException;
import io.stdcseg.file.AtomicFile;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Files in the output folder of a training; each is complete or absent.
 *
 * @param folder they lie in
 */
record TrainingFiles(Path folder) {

    /** All that are written over and over, log, page and recipe included. */
    private static final List<String> NAMES =
            List.of(
                    "state.safetensors",
                    "last.safetensors",
                    "best.safetensors",
                    "log.jsonl",
                    "training.html",
                    "recipe.yaml");

    /** Everything that resuming takes. */
    Path state() {
        return folder.resolve("state.safetensors");
    }

    /** The weights after the last evaluation: averaged, with all heads. */
    Path last() {
        return folder.resolve("last.safetensors");
    }

    /** The weights of the best evaluation: averaged, with all heads. */
    Path best() {
        return folder.resolve("best.safetensors");
    }

    /**
     * Refuses to overwrite a training, or to resume none; removes what a process left that was
     * killed while it wrote.
     */
    void check(boolean resume) {
        boolean there = Files.exists(state());
        if (resume && !there) {
            throw new InputException(
                    "output " + folder + " holds no training to resume; leave out --resume");
        }
        if (!resume && there) {
            throw new InputException(
                    "output " + folder + " holds a training; give --resume or another folder");
        }
        if (resume) {
            removeUnfinished();
        }
    }

    private void removeUnfinished() {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, ".*")) {
            for (Path file : files) {
                if (NAMES.stream().anyMatch(name -> AtomicFile.isUnfinished(file, name))) {
                    Files.delete(file);
                }
            }
        } catch (IOException e) {
            throw new InputException(
                    "output " + folder + " cannot be cleared of unfinished files: " + e, e);
        }
    }
}
