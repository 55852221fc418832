// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.data;

import io.stdcseg.label.MaskFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Labelled pictures for tests. */
public final class TestPictures {

    static final int CLASSES = 11;

    private TestPictures() {}

    /** Areas of one class each; a pixel's three levels are twenty times its class. */
    public static LabelledPicture colouredByClass(int width, int height) {
        byte[] rgb = new byte[3 * width * height];
        byte[] labels = new byte[width * height];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = (byte) ((i % width / 16 + i / width / 16) % CLASSES);
            for (int channel = 0; channel < 3; channel++) {
                rgb[3 * i + channel] = (byte) (20 * labels[i]);
            }
        }
        return new LabelledPicture("test", width, height, rgb, labels);
    }

    /** A picture whose levels change from pixel to pixel. */
    public static LabelledPicture detailed(int width, int height) {
        byte[] rgb = new byte[3 * width * height];
        byte[] labels = new byte[width * height];
        for (int i = 0; i < labels.length; i++) {
            int x = i % width;
            int y = i / width;
            rgb[3 * i] = (byte) (37 * x + 11 * y * y);
            rgb[3 * i + 1] = (byte) (90 + 29 * y + 7 * x * x);
            rgb[3 * i + 2] = (byte) (200 + 13 * x * y);
            labels[i] = (byte) ((x + 2 * y) % CLASSES);
        }
        return new LabelledPicture("test", width, height, rgb, labels);
    }

    /** Writes {@code folder/images/name.png} and {@code folder/labels/name.png} of one grey. */
    static void write(Path folder, String name, int level) throws IOException {
        int width = 8;
        int height = 6;
        byte[] rgb = new byte[3 * width * height];
        Arrays.fill(rgb, (byte) level);
        Path image = folder.resolve("images").resolve(name + ".png");
        Files.createDirectories(image.getParent());
        MaskFiles.writeRgb(image, width, height, ByteBuffer.wrap(rgb));
        writeLabels(
                folder.resolve("labels").resolve(name + ".png"), width, height, level % CLASSES);
    }

    /**
     * Writes {@code folder/images/name.png} and {@code folder/labels/name.png} with all classes.
     */
    public static void writeColoured(Path folder, String name, int width, int height)
            throws IOException {
        LabelledPicture picture = colouredByClass(width, height);
        Path image = folder.resolve("images").resolve(name + ".png");
        Path label = folder.resolve("labels").resolve(name + ".png");
        Files.createDirectories(image.getParent());
        Files.createDirectories(label.getParent());
        MaskFiles.writeRgb(image, width, height, ByteBuffer.wrap(picture.rgb()));
        MaskFiles.write(label, width, height, ByteBuffer.wrap(picture.labels()));
    }

    /** Writes a picture of many colours, all of them reddish or all bluish. */
    public static void writeTinted(Path image, int width, int height, boolean red, long seed)
            throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] rgb = new byte[3 * width * height];
        for (int i = 0; i < rgb.length; i += 3) {
            int more = 100 + random.nextInt(156);
            int less = random.nextInt(more / 2);
            rgb[i] = (byte) (red ? more : less);
            rgb[i + 1] = (byte) random.nextInt(256);
            rgb[i + 2] = (byte) (red ? less : more);
        }
        Files.createDirectories(image.getParent());
        MaskFiles.writeRgb(image, width, height, ByteBuffer.wrap(rgb));
    }

    static void writeLabels(Path file, int width, int height, int id) throws IOException {
        byte[] ids = new byte[width * height];
        Arrays.fill(ids, (byte) id);
        Files.createDirectories(file.getParent());
        MaskFiles.write(file, width, height, ByteBuffer.wrap(ids));
    }
}
