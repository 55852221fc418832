// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.cli;

import io.stdcseg.error.InputException;
import io.stdcseg.job.options.CliOption;
import io.stdcseg.network.InputScale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.configuration.ConfigOption;

/** Size of a network's input or of a picture as users write it: {@code 512x1024}, height first. */
record InputSize(int height, int width) {

    /** The picture the published models were made for. */
    static final InputSize CITYSCAPES = new InputSize(1024, 2048);

    private static final Pattern FORM = Pattern.compile("(\\d{1,5})x(\\d{1,5})");
    private static final int LEAST = 32;

    static InputSize parse(String text) {
        Matcher matcher = FORM.matcher(text.trim());
        if (matcher.matches()) {
            InputSize size =
                    new InputSize(
                            Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
            if (size.height >= LEAST && size.width >= LEAST) {
                return size;
            }
        }
        throw new InputException(
                "'" + text + "' is not HEIGHTxWIDTH, such as 512x1024, both from " + LEAST);
    }

    /** The option that takes such a size, checked as it is read. */
    static CliOption<String> option(ConfigOption<String> option) {
        return CliOption.of(option, "HxW", text -> parse(text).toString());
    }

    /** What the network sees of a picture of this size. */
    InputSize resized(InputScale scale) {
        return new InputSize(scale.inputHeight(height), scale.inputWidth(width, height));
    }

    @Override
    public String toString() {
        return height + "x" + width;
    }
}
