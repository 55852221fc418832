// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.data;

import io.stdcseg.error.InputException;
import io.stdcseg.label.LabelSet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a network learns from and is judged by.
 *
 * @param training the data set's own pictures
 * @param extra more pictures to learn from, such as rendered ones; may be empty
 * @param validation pictures that the network never learns from
 */
public record TrainingFolders(PictureSet training, PictureSet extra, PictureSet validation) {

    /**
     * Finds the pictures of a data set: {@code {train,val}/{images,labels}}, or Cityscapes as
     * published, {@code leftImg8bit/{train,val}} and {@code gtFine/{train,val}}. Decoded pictures
     * are kept in up to a quarter of the heap.
     *
     * @param extras folders with {@code images} and {@code labels}
     * @throws InputException if the folder has neither layout, or as {@link PictureSet#of}
     */
    public static TrainingFolders of(Path data, List<Path> extras, LabelSet labelSet) {
        PictureCache cache = PictureCache.ofHeap();
        List<PictureSet> extraSets = new ArrayList<>();
        PictureSet training = part(data, "train", labelSet, cache);
        PictureSet validation = part(data, "val", labelSet, cache);
        for (Path extra : extras) {
            extraSets.add(
                    PictureSet.of(
                            extra.resolve("images"), extra.resolve("labels"), labelSet, cache));
        }
        return new TrainingFolders(training, PictureSet.joined(extraSets, cache), validation);
    }

    private static PictureSet part(Path data, String part, LabelSet labelSet, PictureCache cache) {
        Path own = data.resolve(part);
        if (Files.isDirectory(own.resolve("images"))) {
            return PictureSet.of(own.resolve("images"), own.resolve("labels"), labelSet, cache);
        }
        Path cityscapes = data.resolve("leftImg8bit").resolve(part);
        if (Files.isDirectory(cityscapes)) {
            return PictureSet.of(cityscapes, data.resolve("gtFine").resolve(part), labelSet, cache);
        }
        throw new InputException(
                "data "
                        + data
                        + " holds neither "
                        + part
                        + "/images nor leftImg8bit/"
                        + part
                        + "; one of the two is needed");
    }
}
