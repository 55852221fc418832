// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.label;

import io.stdcseg.error.InputException;
import java.awt.image.Raster;
import java.nio.file.Path;

/**
 * Reader of label files as train ids, one after the other: of one channel by the ids of a label
 * set, of RGB by its colours, any transparency dropped. Files whose names end in {@code
 * _labelTrainIds} hold train ids whatever the label set says.
 *
 * <p>Keeps its memory while pictures stay alike. For one thread at a time.
 */
public final class LabelFileReader {

    private final LabelSet labelSet;
    private final LabelSet trainIdSet;
    private final MaskFileReader files = new MaskFileReader();
    private byte[] idsOfColors = new byte[0];
    private int[] row = new int[0];

    /** By the ids and colours of a label set. */
    public LabelFileReader(LabelSet labelSet) {
        this.labelSet = labelSet;
        this.trainIdSet = labelSet.withTrainIds();
    }

    /**
     * Reads the labels of a picture of known size as train ids.
     *
     * @return {@code height} rows of {@code width} train ids, which the next call overwrites
     * @throws InputException as {@link #read(Path)}, or if the file has another size
     */
    public byte[] read(Path file, int width, int height) {
        MaskFiles.Ids labels = read(file);
        if (labels.width() != width || labels.height() != height) {
            throw new InputException(
                    "label "
                            + file
                            + " is "
                            + labels.width()
                            + "x"
                            + labels.height()
                            + ", its picture "
                            + width
                            + "x"
                            + height
                            + "; they must be equal");
        }
        return labels.ids();
    }

    /**
     * Reads a label picture as train ids.
     *
     * @return the train ids, which the next call overwrites
     * @throws InputException if the file cannot be read or holds an id or a colour that the label
     *     set does not know; one line that names it
     */
    public MaskFiles.Ids read(Path file) {
        String name = LabelFolder.stem(file);
        if (name.endsWith(LabelNaming.LABEL_IDS) && labelSet.name().equals("cityscapes-trainids")) {
            throw new InputException(
                    "label "
                            + file
                            + " holds label ids, as its name says; label set cityscapes reads them,"
                            + " "
                            + labelSet.name()
                            + " does not");
        }
        LabelSet meaning = name.endsWith(LabelNaming.TRAIN_IDS) ? trainIdSet : labelSet;
        return trainIds(file, files.decode(file, true), meaning);
    }

    /**
     * The same of a file that lies in memory; its ids are those of the label set, whatever its
     * name.
     *
     * @param name what errors call it
     */
    public MaskFiles.Ids read(String name, byte[] content) {
        return trainIds(name, files.decode(name, content, true), labelSet);
    }

    private MaskFiles.Ids trainIds(Object file, Raster samples, LabelSet meaning) {
        try {
            return samples.getNumBands() == 1
                    ? byIds(samples, meaning)
                    : byColors(samples, meaning);
        } catch (InputException e) {
            throw new InputException("label " + file + ": " + e.getMessage(), e);
        }
    }

    private MaskFiles.Ids byIds(Raster samples, LabelSet meaning) {
        MaskFiles.Ids read = files.ids(samples);
        byte[] ids = read.ids();
        Byte[] known = new Byte[256];
        for (int i = 0; i < ids.length; i++) {
            int id = ids[i] & 255;
            if (known[id] == null) {
                known[id] = (byte) meaning.trainId(id);
            }
            ids[i] = known[id];
        }
        return read;
    }

    private MaskFiles.Ids byColors(Raster samples, LabelSet meaning) {
        int width = samples.getWidth();
        int height = samples.getHeight();
        int channels = samples.getNumBands();
        if (idsOfColors.length != width * height) {
            idsOfColors = new byte[width * height];
        }
        if (row.length != width * channels) {
            row = new int[width * channels];
        }
        int color = -1;
        byte id = 0;
        for (int y = 0; y < height; y++) {
            samples.getPixels(0, y, width, 1, row);
            for (int x = 0; x < width; x++) {
                int first = x * channels;
                int next = row[first] << 16 | row[first + 1] << 8 | row[first + 2];
                if (next != color) { // Neighbours are mostly alike.
                    color = next;
                    id = (byte) meaning.trainIdOfColor(color);
                }
                idsOfColors[y * width + x] = id;
            }
        }
        return new MaskFiles.Ids(width, height, idsOfColors);
    }
}
