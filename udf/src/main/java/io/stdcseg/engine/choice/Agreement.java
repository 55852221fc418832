// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine.choice;

import io.stdcseg.engine.SegmentRequest;
import io.stdcseg.engine.Segmenter;
import io.stdcseg.engine.SegmenterOptions;
import io.stdcseg.weights.Weights;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/**
 * Agreement of masks: the share of pixels in which those of a network in fewer bits are those in
 * single precision, on three rendered streets, which come along. A network whose numbers leave the
 * range of 8 bits says so nowhere else.
 */
final class Agreement {

    private static final int PICTURES = 3;

    private Agreement() {}

    /** The share of equal pixels over all pictures. */
    static double of(
            Candidate exact, Candidate candidate, Weights weights, SegmenterOptions options) {
        List<ByteBuffer> expected = masks(exact, weights, options);
        List<ByteBuffer> found = masks(candidate, weights, options);
        return IntStream.range(0, PICTURES)
                .mapToDouble(i -> Trial.agreement(expected.get(i), found.get(i)))
                .average()
                .orElseThrow();
    }

    private static List<ByteBuffer> masks(
            Candidate candidate, Weights weights, SegmenterOptions options) {
        SegmenterOptions one =
                options.withPrecision(candidate.precisionLabel()).withScales(List.of(), false);
        try (Segmenter segmenter = candidate.engine().load(weights, one, candidate.device())) {
            List<SegmentRequest> pictures =
                    IntStream.rangeClosed(1, PICTURES).mapToObj(Agreement::picture).toList();
            pictures.forEach(picture -> segmenter.segment(List.of(picture)));
            return pictures.stream().map(SegmentRequest::mask).toList();
        }
    }

    private static SegmentRequest picture(int number) {
        String name = "street-" + number + ".jpg";
        BufferedImage image;
        try (InputStream in = Agreement.class.getResourceAsStream(name)) {
            image = ImageIO.read(in);
        } catch (IOException e) {
            throw new UncheckedIOException(name + " is not in the jar as it was built", e);
        }
        int width = image.getWidth();
        int height = image.getHeight();
        ByteBuffer rgb = ByteBuffer.allocateDirect(SegmentRequest.CHANNELS * width * height);
        for (int pixel : image.getRGB(0, 0, width, height, null, 0, width)) {
            rgb.put((byte) (pixel >> 16)).put((byte) (pixel >> 8)).put((byte) pixel);
        }
        return new SegmentRequest(
                width, height, rgb.flip(), ByteBuffer.allocateDirect(width * height));
    }
}
