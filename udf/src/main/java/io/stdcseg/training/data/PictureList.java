// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.data;

import io.stdcseg.error.InputException;
import io.stdcseg.picture.PictureReader;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * List file of a split: a text file that names pictures, one in a line, by itself or with its label
 * behind a tab, comma or spaces. Lines that are empty or begin with # say nothing.
 */
final class PictureList {

    /**
     * A line.
     *
     * @param label null if the line does not say
     */
    record Line(Path image, Path label) {}

    private PictureList() {}

    /**
     * Reads a list.
     *
     * @param split whose list it is; pictures and labels lie in its folders, those without an
     *     ending have a usual one
     * @throws InputException if it cannot be read, names nothing or what does not exist
     */
    static List<Line> read(DatasetSplit split) {
        List<Line> lines = new ArrayList<>();
        int number = 0;
        for (String text : lines(split.list())) {
            number++;
            if (!text.isBlank() && !text.startsWith("#")) {
                lines.add(line(text.strip(), split, split.list() + ", line " + number));
            }
        }
        if (lines.isEmpty()) {
            throw new InputException("list " + split.list() + " names no picture");
        }
        return lines;
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

    private static Line line(String text, DatasetSplit split, String where) {
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
        return new Line(image, label);
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
