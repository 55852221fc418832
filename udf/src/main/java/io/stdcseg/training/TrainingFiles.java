// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training;

import io.stdcseg.error.InputException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The files of a training; each is complete or absent.
 *
 * @param folder they lie in
 */
public record TrainingFiles(Path folder) {

    /** Everything that resuming takes. */
    public Path state() {
        return folder.resolve("state.safetensors");
    }

    /** The weights after the last evaluation: averaged, with all heads. */
    public Path last() {
        return folder.resolve("last.safetensors");
    }

    /** The weights of the best evaluation: averaged, with all heads. */
    public Path best() {
        return folder.resolve("best.safetensors");
    }

    /** Refuses to overwrite a training, or to resume none. */
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
    }
}
