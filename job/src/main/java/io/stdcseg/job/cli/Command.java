// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.cli;

import io.stdcseg.job.options.CliOption;
import java.io.PrintStream;
import java.util.List;
import org.apache.flink.configuration.Configuration;

/** Command of {@code scripts/stdc}; other modules bring theirs by ServiceLoader. */
public interface Command {

    /** The word that calls it. */
    String name();

    /** One sentence. */
    String description();

    /** What it accepts, in the order of the help. */
    List<CliOption<?>> options();

    /**
     * Does it.
     *
     * @param out for the outcome; progress goes elsewhere
     * @throws io.stdcseg.error.InputException if what the user gave cannot be used
     * @throws Exception if the work failed
     */
    void run(Configuration options, PrintStream out) throws Exception;
}
