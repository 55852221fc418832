// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.cli;

import io.stdcseg.error.InputException;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

/** Options that a command cannot do without. */
final class Required {

    private Required() {}

    /** The option's value; names the option where it is missing. */
    static <T> T get(Configuration options, ConfigOption<T> option) {
        return options.getOptional(option)
                .orElseThrow(() -> new InputException("--" + option.key() + " is missing"));
    }
}
