// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine;

import com.sun.management.OperatingSystemMXBean;
import io.stdcseg.error.InputException;
import io.stdcseg.network.InputScale;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.Optional;

/**
 * Memory of a CPU for the network's input: which sizes of pictures it can hold. Larger ones are
 * refused rather than tried: the system would end the process.
 *
 * @param bytes of memory that there are
 */
public record InputMemory(long bytes) {

    /** Of the machine, or of the container that this process runs in. */
    public static final InputMemory HERE = new InputMemory(ofTheMachine());

    /**
     * What the network takes for each pixel of its input in fp32: what the process grew by between
     * {@code latency} at 512x1024 and at 1536x2048 by PyTorch.
     */
    private static final int BYTES_PER_PIXEL = 150;

    /** Numbers of an input that a direct buffer of four bytes each can hold. */
    private static final long MOST_PIXELS = Integer.MAX_VALUE / Float.BYTES / 3;

    /** Pixels of three bytes that an array can hold. */
    private static final long MOST_IN_AN_ARRAY = Integer.MAX_VALUE / 3;

    /** Sides for pictures that nobody has seen yet: those of 8K, and of a panorama. */
    private static final int LARGE_WIDTH = 7680;

    private static final int LARGE_HEIGHT = 4320;

    /**
     * Whether pictures of all usual sizes fit at this scale, so that nobody has to look at them.
     */
    public boolean surelyHolds(InputScale scale) {
        double height = scale.height() > 0 ? scale.height() : scale.factor() * LARGE_HEIGHT;
        double width = scale.height() > 0 ? 8.0 * scale.height() : scale.factor() * LARGE_WIDTH;
        return height * width <= mostPixels(1);
    }

    /**
     * Makes sure that pictures fit.
     *
     * @param scale by which they are resized before the network
     * @param size of each, in pixels
     * @param pictures at a time
     * @throws InputException if they do not; one line with the largest scale that does
     */
    public void require(InputScale scale, PictureSize size, int pictures) {
        refusal(scale, size, pictures)
                .ifPresent(
                        reason -> {
                            throw reason;
                        });
    }

    /** Why pictures do not fit; empty if they do. */
    public Optional<InputException> refusal(InputScale scale, PictureSize size, int pictures) {
        double factor =
                scale.height() > 0 ? scale.height() / (double) size.height() : scale.factor();
        double height = Math.max(1, Math.floor(factor * size.height()));
        double width = Math.max(1, Math.floor(factor * size.width()));
        double most = mostPixels(pictures);
        if (size.height() > MOST_IN_AN_ARRAY / size.width()) {
            return Optional.of(
                    new InputException(
                            "a picture of "
                                    + size.width()
                                    + "x"
                                    + size.height()
                                    + " is too large; at most "
                                    + MOST_IN_AN_ARRAY
                                    + " pixels are allowed"));
        }
        if (height * width <= most) {
            return Optional.empty();
        }
        double largest = Math.sqrt(most / ((double) size.height() * size.width()));
        String allowed =
                scale.height() > 0
                        ? "height " + (int) Math.floor(largest * size.height())
                        : "scale "
                                + String.format(
                                        Locale.ROOT, "%.2f", Math.floor(100 * largest) / 100);
        return Optional.of(
                new InputException(
                        String.format(
                                Locale.ROOT,
                                "%s is too large: a picture of %dx%d becomes %.0fx%.0f before the"
                                        + " network, which takes %s of memory%s; %s holds at most"
                                        + " %s",
                                scale.height() > 0 ? scale : "scale " + scale,
                                size.width(),
                                size.height(),
                                width,
                                height,
                                gigabytes(height * width * pictures * BYTES_PER_PIXEL),
                                pictures == 1 ? "" : " in batches of " + pictures,
                                gigabytes(bytes),
                                allowed)));
    }

    private double mostPixels(int pictures) {
        return Math.min(bytes / BYTES_PER_PIXEL, MOST_PIXELS) / (double) pictures;
    }

    private static String gigabytes(double bytes) {
        return String.format(Locale.ROOT, bytes < 1e10 ? "%.1f GB" : "%.0f GB", bytes / 1e9);
    }

    private static long ofTheMachine() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class)
                .getTotalMemorySize();
    }
}
