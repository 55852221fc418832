// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.testing;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Label pictures for tests. */
public final class TestLabels {

    private TestLabels() {}

    /** Writes a grey PNG; pixels beyond {@code ids} are 0. */
    public static void write(Path file, int width, int height, int... ids) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < ids.length; i++) {
            image.getRaster().setSample(i % width, i / width, 0, ids[i]);
        }
        Files.createDirectories(file.getParent());
        ImageIO.write(image, "png", file.toFile());
    }
}
