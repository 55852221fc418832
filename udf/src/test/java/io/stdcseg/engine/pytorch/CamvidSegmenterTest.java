// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine.pytorch;

import static org.assertj.core.api.Assertions.assertThat;

import io.stdcseg.engine.SegmentRequest;
import io.stdcseg.engine.Segmenter;
import io.stdcseg.engine.SegmenterOptions;
import io.stdcseg.engine.choice.Engines;
import io.stdcseg.testing.SharedData;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** The default weights on real pictures. */
class CamvidSegmenterTest {

    private static final int PICTURES = 5;

    @Test
    void masksOfRealPicturesAreMostlyRight() throws IOException {
        Path images = SharedData.require("camvid/val/images");
        Path labels = SharedData.require("camvid/val/labels");
        List<Path> files;
        try (var listed = Files.list(images)) {
            files = listed.sorted().limit(PICTURES).toList();
        }
        long right = 0;
        long counted = 0;
        try (Segmenter segmenter = Engines.open(SegmenterOptions.DEFAULTS.withDevice("cpu"))) {
            for (Path file : files) {
                ByteBuffer mask = segment(segmenter, ImageIO.read(file.toFile()));
                Raster label =
                        ImageIO.read(labels.resolve(file.getFileName()).toFile()).getRaster();
                for (int i = 0; i < mask.limit(); i++) {
                    int id = label.getSample(i % label.getWidth(), i / label.getWidth(), 0);
                    if (id < segmenter.labels().size()) {
                        counted++;
                        right += mask.get(i) == id ? 1 : 0;
                    }
                }
            }
        }
        assertThat(right / (double) counted).isGreaterThan(0.85);
    }

    private static ByteBuffer segment(Segmenter segmenter, BufferedImage image) {
        int width = image.getWidth();
        int height = image.getHeight();
        ByteBuffer rgb = ByteBuffer.allocateDirect(3 * width * height);
        for (int argb : image.getRGB(0, 0, width, height, null, 0, width)) {
            rgb.put((byte) (argb >> 16)).put((byte) (argb >> 8)).put((byte) argb);
        }
        SegmentRequest request =
                new SegmentRequest(width, height, rgb.flip(), ByteBuffer.allocate(width * height));
        segmenter.segment(List.of(request));
        return request.mask();
    }
}
