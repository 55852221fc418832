// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.picture;

import io.stdcseg.error.InputException;
import io.stdcseg.video.MediaFile;
import io.stdcseg.video.convert.Rotation;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.plugins.tiff.BaselineTIFFTagSet;
import javax.imageio.plugins.tiff.TIFFDirectory;
import javax.imageio.plugins.tiff.TIFFField;
import javax.imageio.stream.ImageInputStream;

/**
 * Reader of TIFF files by the JDK's, which knows JPEG and floats in them; FFmpeg's does not, and
 * takes a strip that it cannot decode for a black one. Samples are unsigned or floats from 0 to 1,
 * of any depth; transparency is dropped.
 */
final class TiffReader {

    private static final byte[] LITTLE_ENDIAN = {'I', 'I', 42, 0};
    private static final byte[] BIG_ENDIAN = {'M', 'M', 0, 42};

    /** Where cameras' raw files, which begin as TIFF does, keep their version. */
    private static final int TAG_DNG_VERSION = 50706;

    /** Floats a little above 1 are what resizing makes of edges. */
    private static final double MAX_FLOAT = 1.25;

    private static final int MAX_BYTE = 255;
    private static final int RGB = 3;

    private TiffReader() {}

    /** Whether the file begins as a TIFF file does, whatever it is called. */
    static boolean isTiff(MediaFile file) {
        if (!file.isRegular()) {
            return false;
        }
        try (InputStream in = file.stream()) {
            byte[] start = in.readNBytes(LITTLE_ENDIAN.length);
            return Arrays.equals(start, LITTLE_ENDIAN) || Arrays.equals(start, BIG_ENDIAN);
        } catch (IOException e) {
            return false; // Whoever reads it says why it cannot be read.
        }
    }

    /**
     * Reads the first picture upright; null if the file is a camera's raw one.
     *
     * @throws InputException if it is damaged or of a kind that is not known; one line
     */
    static Picture read(MediaFile file) {
        ImageReader reader = ImageIO.getImageReadersByFormatName("tiff").next();
        try (ImageInputStream in = open(file)) {
            reader.setInput(in);
            TIFFDirectory tags = TIFFDirectory.createFromMetadata(reader.getImageMetadata(0));
            if (tags.containsTIFFField(TAG_DNG_VERSION)) {
                return null;
            }
            int width = reader.getWidth(0);
            int height = reader.getHeight(0);
            InputException.unless(
                    (long) RGB * width * height <= Integer.MAX_VALUE,
                    "size of picture " + file,
                    width + "x" + height,
                    "at most " + Integer.MAX_VALUE / RGB + " pixels");
            PictureReader.warnIfSeveral(file.path(), reader.getNumImages(true));
            byte[] rgb = new Samples(file, reader.read(0), tags).rgb();
            return upright(width, height, rgb, number(tags, BaselineTIFFTagSet.TAG_ORIENTATION, 1));
        } catch (InputException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            String reason = String.valueOf(e.getMessage()).replace('\n', ' ');
            throw unreadable(file, "it is damaged or of an unknown kind: " + reason, e);
        } finally {
            reader.dispose();
        }
    }

    private static ImageInputStream open(MediaFile file) throws IOException {
        return file.isNative()
                ? ImageIO.createImageInputStream(file.path().toFile())
                : new ChannelImageInput(file.open());
    }

    private static Picture upright(int width, int height, byte[] rgb, int orientation) {
        int degrees =
                switch (orientation) {
                    case BaselineTIFFTagSet.ORIENTATION_ROW_0_BOTTOM_COLUMN_0_RIGHT -> 180;
                    case BaselineTIFFTagSet.ORIENTATION_ROW_0_RIGHT_COLUMN_0_TOP -> 90;
                    case BaselineTIFFTagSet.ORIENTATION_ROW_0_LEFT_COLUMN_0_BOTTOM -> 270;
                    default -> 0;
                };
        if (degrees == 0) {
            return new Picture(width, height, rgb);
        }
        byte[] turned = new byte[rgb.length];
        Rotation.clockwise(rgb, width, height, RGB, degrees, turned);
        return degrees == 180
                ? new Picture(width, height, turned)
                : new Picture(height, width, turned);
    }

    private static int number(TIFFDirectory tags, int tag, int otherwise) {
        TIFFField field = tags.getTIFFField(tag);
        return field == null ? otherwise : field.getAsInt(0);
    }

    private static InputException unreadable(MediaFile file, String reason, Exception cause) {
        return new InputException("picture " + file + " cannot be read: " + reason, cause);
    }

    /**
     * The samples of a picture, as they are stored; but the reader has turned those whose zero is
     * white.
     */
    private static final class Samples {

        private final MediaFile file;
        private final BufferedImage image;
        private final Raster raster;
        private final int bands;
        private final boolean cmyk;
        private final double maxSample;
        private final boolean floats;

        Samples(MediaFile file, BufferedImage image, TIFFDirectory tags) {
            this.file = file;
            this.image = image;
            this.raster = image.getRaster();
            this.bands = raster.getNumBands();
            int meaning = number(tags, BaselineTIFFTagSet.TAG_PHOTOMETRIC_INTERPRETATION, 1);
            this.cmyk = meaning == BaselineTIFFTagSet.PHOTOMETRIC_INTERPRETATION_CMYK;
            int type = raster.getDataBuffer().getDataType();
            this.floats = type == DataBuffer.TYPE_FLOAT || type == DataBuffer.TYPE_DOUBLE;
            this.maxSample =
                    floats ? 1 : Math.scalb(1.0, raster.getSampleModel().getSampleSize(0)) - 1;
            int format =
                    number(
                            tags,
                            BaselineTIFFTagSet.TAG_SAMPLE_FORMAT,
                            BaselineTIFFTagSet.SAMPLE_FORMAT_UNSIGNED_INTEGER);
            if (format == BaselineTIFFTagSet.SAMPLE_FORMAT_SIGNED_INTEGER) {
                throw unreadable(
                        file, "its samples have a sign; unsigned ones or floats are needed", null);
            }
        }

        byte[] rgb() {
            int width = raster.getWidth();
            byte[] rgb = new byte[RGB * width * raster.getHeight()];
            int[] colors = new int[width];
            double[] row = new double[width * bands];
            for (int y = 0; y < raster.getHeight(); y++) {
                int at = RGB * width * y;
                if (image.getColorModel() instanceof IndexColorModel) {
                    image.getRGB(0, y, width, 1, colors, 0, width);
                    for (int color : colors) {
                        rgb[at++] = (byte) (color >> 16);
                        rgb[at++] = (byte) (color >> 8);
                        rgb[at++] = (byte) color;
                    }
                    continue;
                }
                raster.getPixels(0, y, width, 1, row);
                for (int from = 0; from < row.length; from += bands) {
                    rgb[at++] = color(row, from, 0);
                    rgb[at++] = color(row, from, 1);
                    rgb[at++] = color(row, from, 2);
                }
            }
            return rgb;
        }

        private byte color(double[] row, int from, int channel) {
            double light = share(row[from + (bands < RGB ? 0 : channel)]);
            if (cmyk && bands > RGB) {
                light = (1 - light) * (1 - share(row[from + RGB]));
            }
            return (byte) Math.round(MAX_BYTE * Math.max(0, Math.min(1, light)));
        }

        /** The sample as a share of the largest there can be. */
        private double share(double sample) {
            if (floats && !(sample <= MAX_FLOAT)) {
                throw unreadable(
                        file,
                        String.format(
                                Locale.ROOT,
                                "its floats go up to %s; 0 for black to 1 for white is needed",
                                sample),
                        null);
            }
            // Java has no unsigned numbers of 32 bits.
            return (sample < 0 && !floats ? sample + maxSample + 1 : sample) / maxSample;
        }
    }
}
