// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.overlay;

import java.nio.ByteBuffer;

/** Drawing of an upright rectangle that lies over a picture: colours, and how much they cover. */
final class Drawing {

    static final int OPAQUE = 255;

    private final int width;
    private final int height;

    /** Red, green, blue and coverage, 0 to 255 each. */
    private final byte[] samples;

    /** Nothing, which covers nothing. */
    Drawing(int width, int height) {
        this.width = width;
        this.height = height;
        this.samples = new byte[4 * width * height];
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    /** One of red, green, blue (0, 1, 2) and coverage (3). */
    int sample(int x, int y, int part) {
        return samples[4 * (y * width + x) + part] & 255;
    }

    /** Puts a colour into a rectangle, as far as it is inside, in the place of what was there. */
    void fill(int left, int top, int columns, int rows, int rgb, int coverage) {
        for (int y = Math.max(0, top); y < Math.min(height, top + rows); y++) {
            for (int x = Math.max(0, left); x < Math.min(width, left + columns); x++) {
                put(x, y, rgb, coverage);
            }
        }
    }

    private void put(int x, int y, int rgb, int coverage) {
        int at = 4 * (y * width + x);
        samples[at] = (byte) (rgb >> 16);
        samples[at + 1] = (byte) (rgb >> 8);
        samples[at + 2] = (byte) rgb;
        samples[at + 3] = (byte) coverage;
    }

    /** Writes text in white, over what is there, as far as it is inside. */
    void text(String text, Glyphs glyphs, int left, int top) {
        for (int i = 0; i < text.length(); i++) {
            byte[] glyph = glyphs.of(text.charAt(i));
            int start = left + i * glyphs.width();
            for (int y = 0; y < glyphs.height() && top + y < height; y++) {
                for (int x = 0; x < glyphs.width() && start + x < width; x++) {
                    mixWhite(start + x, top + y, glyph[y * glyphs.width() + x] & 255);
                }
            }
        }
    }

    /** White that covers partly, over what covers partly (Porter and Duff's "over"). */
    private void mixWhite(int x, int y, int coverage) {
        if (coverage == 0) {
            return;
        }
        int at = 4 * (y * width + x);
        double below = (samples[at + 3] & 255) * (OPAQUE - coverage) / (double) OPAQUE;
        double all = coverage + below;
        for (int part = 0; part < 3; part++) {
            int sample = samples[at + part] & 255;
            samples[at + part] = (byte) Math.round((OPAQUE * coverage + sample * below) / all);
        }
        samples[at + 3] = (byte) Math.round(all);
    }

    /** Draws it over an upright RGB picture. */
    void drawRgb(ByteBuffer rgb, int pictureWidth, int left, int top) {
        ByteBuffer picture = rgb.slice();
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int coverage = sample(x, y, 3);
                int at = 3 * ((top + y) * pictureWidth + left + x);
                for (int part = 0; part < 3; part++) {
                    int below = picture.get(at + part) & 255;
                    int mixed = below * (OPAQUE - coverage) + sample(x, y, part) * coverage;
                    picture.put(at + part, (byte) ((mixed + OPAQUE / 2) / OPAQUE));
                }
            }
        }
    }
}
