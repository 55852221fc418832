// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.data;

import io.stdcseg.error.InputException;
import io.stdcseg.file.VisibleFiles;
import io.stdcseg.picture.PictureReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Picture files of a data set that lists none. */
final class PictureFiles {

    private PictureFiles() {}

    /**
     * The pictures in a folder and the folders in it, sorted by path.
     *
     * @throws InputException if there is none; one line that names the folder
     */
    static List<Path> below(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new InputException(
                    "pictures "
                            + folder
                            + " is not a directory; a directory of pictures is needed");
        }
        try {
            List<Path> pictures =
                    VisibleFiles.below(folder, PictureReader::isPicture).stream().sorted().toList();
            if (pictures.isEmpty()) {
                throw new InputException(
                        "pictures " + folder + " holds no picture " + PictureReader.ENDINGS);
            }
            return pictures;
        } catch (IOException e) {
            throw new InputException(
                    "pictures " + folder + " cannot be listed: " + e.getMessage(), e);
        }
    }
}
