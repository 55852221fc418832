// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.data;

import io.stdcseg.error.InputException;
import io.stdcseg.file.VisibleFiles;
import io.stdcseg.picture.PictureReader;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Picture files of a data set: all below a folder, or those that a list file names. */
final class PictureFiles {

    private PictureFiles() {}

    /**
     * A picture that was found.
     *
     * @param label null if no list names it
     */
    record Found(Path image, Path label) {}

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

    /**
     * The pictures that a split's list file names, one in a line, by itself or with its label
     * behind a tab, comma or spaces. Lines that are empty or begin with # say nothing.
     *
     * @param split whose list it is; pictures and labels lie in its folders, those without an
     *     ending have a usual one
     * @throws InputException if it cannot be read, names nothing or what does not exist
     */
    static List<Found> listed(DatasetSplit split) {
        List<Found> pictures = new ArrayList<>();
        int number = 0;
        for (String text : lines(split.list())) {
            number++;
            if (!text.isBlank() && !text.startsWith("#")) {
                pictures.add(picture(text.strip(), split, split.list() + ", line " + number));
            }
        }
        if (pictures.isEmpty()) {
            throw new InputException("list " + split.list() + " names no picture");
        }
        return pictures;
    }

    private static List<String> lines(Path list) {
        try {
            return Files.readAllLines(list);
        } catch (MalformedInputException e) {
            throw new InputException("list " + list + " is not text", e);
        } catch (IOException e) {
            throw new InputException(
                    "list "
                            + list
                            + (Files.exists(list) ? " cannot be read: " + e : " does not exist"),
                    e);
        }
    }

    private static Found picture(String text, DatasetSplit split, String where) {
        String[] parts = text.split("\\s*[\t,]\\s*", -1);
        if (parts.length == 1) {
            parts = text.split("\\s+");
        }
        if (parts.length > 2) {
            throw new InputException(
                    "list "
                            + where
                            + ": '"
                            + text
                            + "' is neither a picture nor one and its label");
        }
        Path image = file(split.images(), parts[0], PictureReader.ENDINGS, where);
        Path label =
                parts.length == 1 ? null : file(split.labels(), parts[1], List.of("png"), where);
        return new Found(image, label);
    }

    private static Path file(Path folder, String name, List<String> endings, String where) {
        Path file = folder.resolve(name);
        if (Files.isRegularFile(file)) {
            return file;
        }
        for (String ending : endings) {
            Path ended = folder.resolve(name + "." + ending);
            if (Files.isRegularFile(ended)) {
                return ended;
            }
        }
        throw new InputException("list " + where + ": " + file + " does not exist");
    }
}
