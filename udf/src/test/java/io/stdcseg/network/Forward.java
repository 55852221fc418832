// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import io.stdcseg.network.StdcBackbone.Features;
import io.stdcseg.network.StdcSeg.Outputs;
import io.stdcseg.tensor.TensorData;
import io.stdcseg.testing.HashedWeights;
import io.stdcseg.testing.Reference;
import java.util.Locale;
import java.util.Map;

/**
 * One forward pass of the published implementation, against which every back end is held.
 *
 * @param spec of the network
 * @param rows of the image
 * @param columns of the image
 */
public record Forward(ModelSpec spec, int rows, int columns) {

    /** Relative to the largest number of a stage. */
    public static final double TOLERANCE = 1e-3;

    private static final int SLICE = 16;

    /** All passes on record: sizes that 32 divides and sizes that it does not. */
    public static Forward[] values() {
        return new Forward[] {
            new Forward(new ModelSpec(Variant.STDC1, 19), 128, 256),
            new Forward(new ModelSpec(Variant.STDC1, 11), 90, 122),
            new Forward(new ModelSpec(Variant.STDC2, 19), 128, 256),
            new Forward(new ModelSpec(Variant.STDC2, 11), 90, 122),
        };
    }

    public Reference reference() {
        return Reference.read(
                String.format(
                        Locale.ROOT,
                        "forward_%s_%dx%d_c%d",
                        spec.variant().label(),
                        rows,
                        columns,
                        spec.classes()));
    }

    public Map<String, TensorData> weights() {
        return HashedWeights.plain(spec);
    }

    /** Holds every stage against the reference. */
    public static void assertEqual(Reference reference, Outputs<NDArray> outputs) {
        Features<NDArray> features = outputs.context().features();
        close(reference, "feat8", features.at8(), 1);
        close(reference, "feat16", features.at16(), 1);
        close(reference, "cp8", outputs.context().cp8(), 1);
        close(reference, "cp16", outputs.context().cp16(), 1);
        close(reference, "logits_8", outputs.logits(), 1);
        close(reference, "detail8", outputs.details().get(8), 1);
        close(reference, "out_slice", outputs.out(), SLICE);
        close(reference, "out16_slice", outputs.out16(), SLICE);
        close(reference, "out32_slice", outputs.out32(), SLICE);
        byte[] mask = mask(outputs.out());
        assertThat(reference.agreement("out_mask", mask)).isGreaterThanOrEqualTo(0.999);
    }

    /** The class of the highest score at each pixel of one picture. */
    public static byte[] mask(NDArray scores) {
        long[] classes = scores.argMax(1).toLongArray();
        byte[] mask = new byte[classes.length];
        for (int i = 0; i < mask.length; i++) {
            mask[i] = (byte) classes[i];
        }
        return mask;
    }

    private static void close(Reference reference, String stage, NDArray found, int step) {
        reference.assertClose(
                stage, found.toFloatArray(), found.getShape().getShape(), step, TOLERANCE);
    }
}
