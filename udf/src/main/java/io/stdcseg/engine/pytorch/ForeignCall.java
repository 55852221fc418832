// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine.pytorch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.stdcseg.error.InputException;

/**
 * A call of an archive that somebody else wrote, as a trace of the network that takes normalised
 * floats: what does not make masks of pictures is refused in one line.
 *
 * @param archive the call itself
 * @param file the archive, for messages
 */
record ForeignCall(ArchiveCall archive, String file) implements ArchiveCall {

    private static final String NEEDED =
            "; train ids (N, H, W) of 8-bit pictures (N, H, W, 3) are needed, as export --format"
                    + " torchscript makes them of a state dictionary";

    @Override
    public NDArray on(NDManager scope, NDArray pictures) {
        NDArray masks;
        try {
            masks = archive.on(scope, pictures);
        } catch (RuntimeException e) {
            if (DeviceMemory.ranOut(e)) {
                throw e;
            }
            throw refusal("fail on " + describe(pictures) + ": " + reason(e), e);
        }
        Shape given = pictures.getShape();
        Shape wanted = new Shape(given.get(0), given.get(1), given.get(2));
        if (masks.getDataType() != DataType.UINT8 || !masks.getShape().equals(wanted)) {
            throw refusal("give " + describe(masks) + " for " + describe(pictures), null);
        }
        return masks;
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
