// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.data;

import io.stdcseg.error.InputException;
import io.stdcseg.label.LabelFolder;
import io.stdcseg.label.LabelNaming;
import io.stdcseg.label.LabelSet;
import io.stdcseg.label.LabelSetCheck;
import io.stdcseg.picture.Picture;
import io.stdcseg.picture.PictureReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Data set of labelled pictures in files, numbered from 0. Thread-safe. */
public final class SegmentationDataset {

    /** A picture; one without labels has neither. */
    private record Entry(Path image, Path label, LabelFolder labels) {}

    private final List<Entry> entries;
    private final PictureCache cache;

    private SegmentationDataset(List<Entry> entries, PictureCache cache) {
        this.entries = List.copyOf(entries);
        this.cache = cache;
    }

    /**
     * The pictures of a folder and the folders in it, sorted by name, with labels of the same names
     * in another folder (see {@link LabelFolder}). Nothing is kept in memory.
     *
     * @throws InputException if there is no picture, one without a label or with several, or a
     *     label that several could have
     */
    public static SegmentationDataset of(Path images, Path labels, LabelSet labelSet) {
        return of(images, labels, labelSet, new PictureCache(0));
    }

    /** The same, kept in memory as far as the cache allows. */
    static SegmentationDataset of(Path images, Path labels, LabelSet labelSet, PictureCache cache) {
        return of(new DatasetSplit(images, labels, null), labelSet, LabelNaming.USUAL, cache);
    }

    /**
     * The pictures of one split, kept in memory as far as the cache allows.
     *
     * @throws InputException as {@link #of(Path, Path, LabelSet)}, or if its list is unusable
     */
    static SegmentationDataset of(
            DatasetSplit split, LabelSet labelSet, LabelNaming naming, PictureCache cache) {
        List<PictureFiles.Found> pictures =
                split.list() == null ? all(split, naming) : PictureFiles.listed(split);
        Path images = split.images();
        LabelFolder folder = LabelFolder.open(split.labels(), labelSet, naming);
        Set<String> pictureFolders =
                pictures.stream()
                        .map(
                                picture ->
                                        LabelFolder.folderOf(
                                                LabelFolder.place(images, picture.image())))
                        .collect(Collectors.toSet());
        Map<Path, Path> owners = new HashMap<>();
        List<Entry> entries = new ArrayList<>();
        for (PictureFiles.Found picture : pictures) {
            Path image = picture.image();
            String place = LabelFolder.place(images, image);
            Path label =
                    picture.label() == null ? folder.find(place, pictureFolders) : picture.label();
            if (label == null) {
                throw new InputException("picture " + image + " has no label in " + split.labels());
            }
            Path other = owners.putIfAbsent(label, image);
            if (other != null && !LabelFolder.place(images, other).equals(place)) {
                throw new InputException(
                        "label "
                                + label
                                + " could be of picture "
                                + other
                                + " or "
                                + image
                                + "; one is allowed");
            }
            entries.add(new Entry(image, label, folder));
        }
        return new SegmentationDataset(entries, cache);
    }

    /** All pictures of a folder; its labels may lie among them if their names tell them apart. */
    private static List<PictureFiles.Found> all(DatasetSplit split, LabelNaming naming) {
        boolean mixed = split.images().equals(split.labels()) && naming.labelSuffix() != null;
        return PictureFiles.below(split.images()).stream()
                .filter(
                        file ->
                                !mixed
                                        || !LabelFolder.place(split.images(), file)
                                                .endsWith(naming.labelSuffix()))
                .map(file -> new PictureFiles.Found(file, null))
                .toList();
    }

    /**
     * The pictures of folders and the folders in them, sorted by name, without labels: all their
     * pixels are ignored.
     *
     * @throws InputException if one has no picture
     */
    static SegmentationDataset unlabelled(List<Path> folders, PictureCache cache) {
        return new SegmentationDataset(
                folders.stream()
                        .flatMap(folder -> PictureFiles.below(folder).stream())
                        .map(image -> new Entry(image, null, null))
                        .toList(),
                cache);
    }

    /** All pictures of several sets, one set after the other. */
    static SegmentationDataset joined(List<SegmentationDataset> sets, PictureCache cache) {
        return new SegmentationDataset(
                sets.stream().flatMap(set -> set.entries.stream()).toList(), cache);
    }

    /**
     * Refuses pictures of which nothing can be learnt. Reads labels until one shows a class.
     *
     * @throws InputException if all labels are ignored
     */
    public void requireClasses() {
        for (int i = 0; i < size(); i++) {
            for (byte id : labels(i)) {
                if (id != (byte) LabelSet.IGNORE) {
                    return;
                }
            }
        }
        throw new InputException(
                "labels of all "
                        + size()
                        + " pictures, such as "
                        + entries.get(0).label()
                        + ", are ignored everywhere; the label set says which ids are classes");
    }

    /** See {@link LabelSetCheck#warning}. */
    public String doubt() {
        return LabelSetCheck.warning(entries.get(0).labels());
    }

    /** How many there are. */
    public int size() {
        return entries.size();
    }

    /** The file of a picture. */
    public Path image(int index) {
        return entries.get(index).image();
    }

    /**
     * Reads a picture and its labels.
     *
     * @throws InputException if one of the files cannot be read, holds an unknown id, or their
     *     sizes differ; one line that names the file
     */
    public LabelledPicture read(int index) {
        Entry entry = entries.get(index);
        LabelledPicture kept = cache.get(entry.image());
        if (kept != null) {
            return kept;
        }
        Picture picture = PictureReader.read(entry.image());
        int width = picture.width();
        int height = picture.height();
        byte[] labels =
                entry.label() == null
                        ? ignored(width * height)
                        : entry.labels().reader().read(entry.label(), width, height);
        String name = entry.image().getFileName().toString();
        LabelledPicture read = new LabelledPicture(name, width, height, picture.rgb(), labels);
        cache.offer(entry.image(), read);
        return read;
    }

    private static byte[] ignored(int pixels) {
        byte[] labels = new byte[pixels];
        Arrays.fill(labels, (byte) LabelSet.IGNORE);
        return labels;
    }

    /**
     * Reads only the labels of a picture, of whatever size.
     *
     * @return train ids
     */
    byte[] labels(int index) {
        Entry entry = entries.get(index);
        return entry.labels().reader().read(entry.label()).ids();
    }
}
