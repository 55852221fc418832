// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.report;

import io.stdcseg.label.LabelClass;
import io.stdcseg.label.LabelSet;
import io.stdcseg.picture.JpegWriter;
import io.stdcseg.picture.Picture;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.ImageIO;

/**
 * Size of small pictures of one picture, and of masks of it. Each pixel of a small mask is the
 * nearest one of the mask; pictures are interpolated.
 *
 * @param width of the small pictures
 * @param height of the small pictures
 * @param sourceWidth of the picture and its masks
 * @param sourceHeight of the picture and its masks
 */
public record Thumbnail(int width, int height, int sourceWidth, int sourceHeight) {

    private static final double JPEG_QUALITY = 0.8;

    private static final int IDS = 256;

    /** What has no label. */
    private static final int IGNORED = 0x000000;

    /** Far apart in brightness, too: right, wrong, without a label. */
    private static final int[] DIFFERENCE = {0xd5d9df, 0xa01010, 0xffffff};

    /** One with no side longer than this, and none longer than the source's. */
    public static Thumbnail within(int side, int sourceWidth, int sourceHeight) {
        double scale = Math.min(1, (double) side / Math.max(sourceWidth, sourceHeight));
        return new Thumbnail(
                (int) Math.max(1, Math.round(scale * sourceWidth)),
                (int) Math.max(1, Math.round(scale * sourceHeight)),
                sourceWidth,
                sourceHeight);
    }

    /** The picture as JPEG, of its RGB triples. */
    public byte[] jpeg(byte[] rgb) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JpegWriter writer = new JpegWriter(JPEG_QUALITY)) {
            writer.write(out, new Picture(sourceWidth, sourceHeight, rgb).scaledTo(width, height));
        }
        return out.toByteArray();
    }

    /** The ids of a mask, or of labels. */
    public byte[] ids(byte[] ids) {
        byte[] small = new byte[width * height];
        for (int y = 0; y < height; y++) {
            int row = (2 * y + 1) * sourceHeight / (2 * height);
            for (int x = 0; x < width; x++) {
                int column = (2 * x + 1) * sourceWidth / (2 * width);
                small[y * width + x] = ids[row * sourceWidth + column];
            }
        }
        return small;
    }

    /** Train ids in the colours of their classes, as PNG. */
    byte[] painted(byte[] ids, LabelSet labels) throws IOException {
        int[] colors = new int[IDS];
        List<LabelClass> classes = labels.classes();
        for (int id = 0; id < IDS; id++) {
            LabelClass c = id < classes.size() ? classes.get(id) : null;
            colors[id] = c == null ? IGNORED : c.red() << 16 | c.green() << 8 | c.blue();
        }
        return png(ids(ids), colors);
    }

    /** Where a mask is right, wrong, or has no label to be held against, as PNG. */
    byte[] difference(byte[] mask, byte[] label) throws IOException {
        byte[] ids = ids(mask);
        byte[] truth = ids(label);
        byte[] shown = new byte[ids.length];
        for (int i = 0; i < shown.length; i++) {
            int wrong = ids[i] == truth[i] ? 0 : 1;
            shown[i] = (byte) (truth[i] == (byte) LabelSet.IGNORE ? 2 : wrong);
        }
        return png(shown, DIFFERENCE);
    }

    private byte[] png(byte[] samples, int[] colors) throws IOException {
        IndexColorModel palette = new IndexColorModel(8, colors.length, colors, 0, false, -1, 0);
        BufferedImage image =
                new BufferedImage(width, height, BufferedImage.TYPE_BYTE_INDEXED, palette);
        image.getRaster().setDataElements(0, 0, width, height, samples);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, "png", out);
        return out.toByteArray();
    }
}
