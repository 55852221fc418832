// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network.plain;

import io.stdcseg.network.Forward;
import io.stdcseg.network.Normalisation;
import io.stdcseg.network.StdcSeg;
import io.stdcseg.network.StdcSeg.Outputs;
import io.stdcseg.testing.Reference;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PlainOpsTest {

    private static final int SLICE = 16;

    @ParameterizedTest
    @MethodSource("io.stdcseg.network.Forward#values")
    void equalsThePublishedNetworkAtEveryStage(Forward forward) {
        Reference reference = forward.reference();
        float[] image = normalised(reference.interleaved("image"));
        PlainMaps pictures = new PlainMaps(image, forward.rows(), forward.columns(), 3);

        Outputs<PlainMaps> outputs =
                new StdcSeg(forward.spec())
                        .forward(new PlainOps(forward.weights()), pictures, List.of(8));

        close(reference, "feat8", outputs.context().features().at8(), 1);
        close(reference, "feat16", outputs.context().features().at16(), 1);
        close(reference, "cp8", outputs.context().cp8(), 1);
        close(reference, "cp16", outputs.context().cp16(), 1);
        close(reference, "logits_8", outputs.logits(), 1);
        close(reference, "detail8", outputs.details().get(8), 1);
        close(reference, "out_slice", outputs.out(), SLICE);
        close(reference, "out32_slice", outputs.out32(), SLICE);
    }

    private static void close(Reference reference, String stage, PlainMaps maps, int step) {
        long[] shape = {1, maps.channels(), maps.rows(), maps.columns()};
        float[] values = channelsFirst(maps);
        reference.assertClose(stage, values, shape, step, Forward.TOLERANCE);
    }

    private static float[] channelsFirst(PlainMaps maps) {
        return turned(maps.values(), maps.pixels(), maps.channels());
    }

    private static float[] normalised(byte[] levels) {
        float[] scale = Normalisation.scale();
        float[] shift = Normalisation.shift();
        float[] values = new float[levels.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (levels[i] & 255) * scale[i % 3] + shift[i % 3];
        }
        return values;
    }

    /** Rows to columns. */
    private static float[] turned(float[] values, int rows, int columns) {
        float[] turned = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            turned[i % columns * rows + i / columns] = values[i];
        }
        return turned;
    }
}
