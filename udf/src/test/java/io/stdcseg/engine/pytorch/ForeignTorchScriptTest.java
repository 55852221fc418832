// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.engine.SegmentRequest;
import io.stdcseg.engine.Segmenter;
import io.stdcseg.engine.SegmenterOptions;
import io.stdcseg.error.InputException;
import io.stdcseg.label.LabelSet;
import io.stdcseg.testing.TorchProgram;
import io.stdcseg.weights.TorchScriptFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForeignTorchScriptTest {

    @TempDir Path folder;

    @Test
    void eightBitsNeedACpu() {
        TorchScriptFile archive =
                new TorchScriptFile(null, null, "int8", null, null, null, true, "");

        assertThatThrownBy(
                        () -> ForeignTorchScript.info(SegmenterOptions.DEFAULTS, archive, "gpu0"))
                .isInstanceOf(InputException.class)
                .hasMessage(
                        "precision int8 needs a CPU; allowed on a GPU are auto, fp32, bf16 and"
                                + " fp16");
    }

    @Test
    void archivesOfOthersMakeMasksOrAreRefusedInOneLine() throws IOException {
        assertThat(segment("torch.select(x, 3, 1)")).containsExactly(1, 4, 7, 10, 13, 16);

        refused("torch.to(x, 6)", "give float32 (1, 2, 3, 3) for uint8 (1, 2, 3, 3);");
        refused("torch.select(x, 1, 99)", "fail on uint8 (1, 2, 3, 3): ");
    }

    private void refused(String expression, String what) {
        assertThatThrownBy(() -> segment(expression))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("weights " + file() + " are TorchScript and " + what)
                .hasMessageContaining("; train ids (N, H, W) of 8-bit pictures (N, H, W, 3) are")
                .hasMessageNotContaining("\n");
    }

    /** A picture of 3x2 pixels whose samples count from 0. */
    private byte[] segment(String expression) throws IOException {
        TorchProgram.write(file(), expression);
        SegmenterOptions options =
                SegmenterOptions.DEFAULTS
                        .withWeights(file().toString())
                        .withLabels(LabelSet.of("camvid"));
        ByteBuffer rgb = ByteBuffer.allocateDirect(18);
        for (int i = 0; i < 18; i++) {
            rgb.put(i, (byte) i);
        }
        ByteBuffer mask = ByteBuffer.allocateDirect(6);
        TorchScriptFile archive = TorchScriptFile.read(file()).orElseThrow();
        try (Segmenter segmenter = ModelLoader.load(archive, options, "cpu")) {
            segmenter.segment(List.of(new SegmentRequest(3, 2, rgb, mask)));
        }
        byte[] ids = new byte[6];
        mask.get(0, ids);
        return ids;
    }

    private Path file() {
        return folder.resolve("others.pt");
    }
}
