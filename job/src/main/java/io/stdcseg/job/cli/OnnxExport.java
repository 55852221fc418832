// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.cli;

import static org.apache.flink.configuration.ConfigOptions.key;

import io.stdcseg.error.InputException;
import io.stdcseg.job.options.CliOption;
import io.stdcseg.network.Precision;
import io.stdcseg.network.onnx.OnnxOptions;
import io.stdcseg.network.onnx.OnnxOptions.OnnxInput;
import io.stdcseg.network.onnx.OnnxOptions.OnnxOutput;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

/** Options that only {@code export --format onnx} has. */
final class OnnxExport {

    private static final String ANY = "any";

    private static final ConfigOption<Integer> BATCH =
            key("batch")
                    .intType()
                    .defaultValue(1)
                    .withDescription(
                            "onnx: pictures at a time; any = as many as there are. Default: 1.");

    private static final ConfigOption<Boolean> ARGMAX =
            key("argmax")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "onnx: the output is train ids (N, H, W), 8 bits without sign, instead"
                                    + " of scores.");

    private OnnxExport() {}

    static List<CliOption<?>> cli() {
        return List.of(CliOption.of(BATCH, "N|any", OnnxExport::batch), CliOption.flag(ARGMAX));
    }

    /** The first of these options that is there, as it is written; null if none is. */
    static String given(Configuration options) {
        if (options.contains(BATCH)) {
            return "--batch";
        }
        return options.get(ARGMAX) ? "--argmax" : null;
    }

    /**
     * What the options ask for.
     *
     * @param size of the pictures; null for any
     */
    static OnnxOptions of(Configuration options, InputSize size, Precision precision) {
        OnnxInput input =
                size == null ? OnnxInput.ANY_SIZE : OnnxInput.of(size.height(), size.width());
        return new OnnxOptions(
                input.withBatch(options.get(BATCH)),
                options.get(ARGMAX) ? OnnxOutput.MASKS : OnnxOutput.LOGITS,
                precision);
    }

    private static int batch(String text) {
        if (text.equals(ANY)) {
            return 0;
        }
        if (!text.matches("[1-9]\\d{0,3}")) {
            throw new InputException("'" + text + "' is not allowed; any or 1 to 9999 is");
        }
        return Integer.parseInt(text);
    }
}
