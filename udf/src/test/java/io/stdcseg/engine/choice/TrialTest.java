// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine.choice;

import static org.assertj.core.api.Assertions.assertThat;

import io.stdcseg.engine.SegmentRequest;
import io.stdcseg.engine.Segmenter;
import io.stdcseg.engine.SegmenterOptions;
import io.stdcseg.weights.Weights;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class TrialTest {

    /** Where the mask lies that other default weights want. */
    private static final Path FOUND = Path.of("target", Trial.EXPECTED);

    @Test
    void expectsTheMaskOfPlainJavaWithTheDefaultWeights() throws IOException {
        Weights weights = Trial.weights();
        SegmentRequest request = ExamplePicture.request(Trial.WIDTH, Trial.HEIGHT);

        try (Segmenter plain =
                new OddEngine.Right().load(weights, SegmenterOptions.DEFAULTS, "cpu")) {
            plain.segment(List.of(request));
        }

        byte[] ids = new byte[Trial.WIDTH * Trial.HEIGHT];
        request.mask().get(0, ids);
        BufferedImage picture =
                new BufferedImage(Trial.WIDTH, Trial.HEIGHT, BufferedImage.TYPE_BYTE_GRAY);
        picture.getRaster().setDataElements(0, 0, Trial.WIDTH, Trial.HEIGHT, ids);
        ImageIO.write(picture, "png", FOUND.toFile());
        assertThat(Trial.agreement(Trial.expected(), ByteBuffer.wrap(ids)))
                .as("other default weights: %s is their mask, and belongs beside Trial", FOUND)
                .isGreaterThan(0.9995);
    }
}
