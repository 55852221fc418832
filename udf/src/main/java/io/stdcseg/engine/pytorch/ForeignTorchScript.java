// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine.pytorch;

import io.stdcseg.engine.PrecisionChoice;
import io.stdcseg.engine.SegmenterOptions;
import io.stdcseg.error.InputException;
import io.stdcseg.frame.NetworkInfo;
import io.stdcseg.weights.TorchScriptFile;
import java.nio.file.Path;

/** TorchScript files as users bring them: scale and precision are built in. */
final class ForeignTorchScript {

    private static final String AUTO = "auto";
    private static final String INT8 = "int8";
    private static final String UNKNOWN = "as built";

    private ForeignTorchScript() {}

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
}
