// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine.pytorch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.stdcseg.engine.PrecisionChoice;
import io.stdcseg.engine.SegmenterOptions;
import io.stdcseg.error.InputException;
import io.stdcseg.frame.NetworkInfo;
import io.stdcseg.weights.TorchScriptFile;
import java.nio.file.Path;

/**
 * TorchScript that users bring, with scale and precision built in. Somebody else may have written
 * it, as a trace of a network that takes normalised floats: what does not make masks of pictures is
 * refused in one line.
 *
 * @param archive the method that is called
 * @param file the archive, for messages
 */
record ForeignTorchScript(ScriptMethod archive, String file) implements ScriptMethod {

    private static final String AUTO = "auto";
    private static final String INT8 = "int8";
    private static final String UNKNOWN = "as built";
    private static final String NEEDED =
            "; train ids (N, H, W) of 8-bit pictures (N, H, W, 3) are needed, as export --format"
                    + " torchscript makes them of a state dictionary";

    /** What is running when {@code options} name such a file. */
    static NetworkInfo info(SegmenterOptions options, TorchScriptFile script, String device) {
        String file = options.weights();
        if (options.scale() != null
                || !options.scales().isEmpty()
                || options.flip()
                || options.model() != null
                || !options.precision().equals(AUTO)) {
            throw new InputException(
                    "weights "
                            + file
                            + " are TorchScript with scale and precision built in; model, scale,"
                            + " flip and precision are not allowed with them");
        }
        if (INT8.equals(script.precision())) {
            PrecisionChoice.parse(INT8)
                    .check(device); // The only one that not every device computes.
        }
        return new NetworkInfo(
                orElse(script.model(), String.valueOf(Path.of(file).getFileName())),
                orElse(script.scale(), UNKNOWN),
                PyTorchEngine.NAME,
                device,
                orElse(script.precision(), UNKNOWN),
                PyTorchRuntime.threads(),
                file,
                script.sha256());
    }

    private static String orElse(String text, String other) {
        return text == null ? other : text;
    }

    @Override
    public NDList on(NDManager scope, NDList inputs) {
        NDArray pictures = inputs.singletonOrThrow();
        NDArray masks;
        try {
            masks = archive.on(scope, inputs).singletonOrThrow();
        } catch (RuntimeException e) {
            if (PyTorchRuntime.ranOutOfMemory(e)) {
                throw e;
            }
            throw refusal("fail on " + describe(pictures) + ": " + reason(e), e);
        }
        Shape given = pictures.getShape();
        Shape wanted = new Shape(given.get(0), given.get(1), given.get(2));
        if (masks.getDataType() != DataType.UINT8 || !masks.getShape().equals(wanted)) {
            throw refusal("give " + describe(masks) + " for " + describe(pictures), null);
        }
        return new NDList(masks);
    }

    private InputException refusal(String what, RuntimeException cause) {
        return new InputException(
                "weights " + file + " are TorchScript and " + what + NEEDED, cause);
    }

    private static String describe(NDArray array) {
        return array.getDataType() + " " + array.getShape();
    }

    /** The last line of PyTorch's trace that says what is wrong. */
    private static String reason(RuntimeException e) {
        return String.valueOf(e.getMessage())
                .lines()
                .filter(line -> line.contains("Error: "))
                .reduce((before, last) -> last)
                .map(line -> line.substring(line.indexOf("Error: ") + "Error: ".length()))
                .orElseGet(() -> String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    }
}
