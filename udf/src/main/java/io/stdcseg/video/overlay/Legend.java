// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.overlay;

import io.stdcseg.label.LabelClass;
import io.stdcseg.label.LabelSet;
import java.nio.ByteBuffer;

/**
 * Legend of pictures of one size: a dark band along their lower edge, with a square in each class's
 * colour before its name and, above these, a line that may differ from picture to picture. The band
 * is drawn once.
 */
public final class Legend {

    /** Lines of text that a picture would hold. */
    private static final int LINES_PER_PICTURE = 36;

    private static final int LEAST_TEXT = 6;
    private static final int USUAL_LEAST_TEXT = 10;
    private static final int DARK = 0x101418;
    private static final int DARK_COVERAGE = 176;

    private final LabelSet labels;
    private final int width;
    private final int height;
    private final boolean hasStatus;
    private final Glyphs glyphs;
    private final Drawing band;

    /**
     * @param width of the upright pictures
     * @param height of the upright pictures
     * @param hasStatus whether there is a line that changes
     */
    public Legend(LabelSet labels, int width, int height, boolean hasStatus) {
        this.labels = labels;
        this.width = width;
        this.height = height;
        this.hasStatus = hasStatus;
        int text = Math.max(USUAL_LEAST_TEXT, Math.min(width, height) / LINES_PER_PICTURE);
        // Many classes in a small picture: smaller letters, before they hide half of it.
        while (text > LEAST_TEXT && rows(text) * row(text) > height / 2) {
            text--;
        }
        this.glyphs = new Glyphs(text);
        this.band = draw();
    }

    private static int row(int text) {
        return text + text / 4;
    }

    private int rows(int text) {
        return place(null, text) + (hasStatus ? 1 : 0);
    }

    /** Puts squares and names side by side, row after row; how many rows that takes. */
    private int place(Drawing target, int text) {
        int letter = Glyphs.width(text);
        int x = letter;
        int line = hasStatus ? 1 : 0;
        int first = line;
        for (LabelClass c : labels.classes()) {
            int columns = (c.name().length() + 2) * letter;
            if (x > letter && x + columns > width) {
                x = letter;
                line++;
            }
            if (target != null) {
                int top = line * row(text) + row(text) / 8;
                int rgb = c.red() << 16 | c.green() << 8 | c.blue();
                int square = Math.max(2, text * 2 / 3);
                target.fill(x, top + (text - square) / 2, square, square, rgb, Drawing.OPAQUE);
                target.text(c.name(), glyphs, x + square + letter / 2, top);
            }
            x += columns + letter;
        }
        return line + 1 - first;
    }

    private Drawing draw() {
        int rows = rows(glyphs.height()) * row(glyphs.height());
        Drawing drawing = new Drawing(width, Math.min(height, (rows + 1) & ~1));
        drawing.fill(0, 0, width, drawing.height(), DARK, DARK_COVERAGE);
        place(drawing, glyphs.height());
        return drawing;
    }

    /** The band, which lies at the lower edge. */
    Drawing band() {
        return band;
    }

    /** The changing line alone, which lies at {@link #statusLeft()} and {@link #statusTop()}. */
    Drawing status(String text) {
        int columns = Math.min(width - statusLeft(), text.length() * glyphs.width());
        Drawing line = new Drawing(Math.max(1, columns), glyphs.height());
        line.text(text, glyphs, 0, 0);
        return line;
    }

    int statusLeft() {
        return Math.min(width - 1, glyphs.width());
    }

    int statusTop() {
        return bandTop() + row(glyphs.height()) / 8;
    }

    int bandTop() {
        return height - band.height();
    }

    /** Draws the band into an upright RGB picture, from the buffer's position on. */
    public void drawRgb(ByteBuffer rgb) {
        band.drawRgb(rgb, width, 0, bandTop());
    }
}
