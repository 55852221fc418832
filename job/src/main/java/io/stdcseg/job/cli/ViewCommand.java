// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.cli;

import static org.apache.flink.configuration.ConfigOptions.key;

import io.stdcseg.job.options.CliOption;
import io.stdcseg.job.view.FolderServer;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

/** {@code view}: shows an output folder in a browser on this machine. */
final class ViewCommand implements Command {

    private static final ConfigOption<String> FOLDER =
            key("DIR")
                    .stringType()
                    .noDefaultValue()
                    .withDescription("Output folder of a run; it may be running.");

    private static final ConfigOption<Integer> PORT =
            key("port")
                    .intType()
                    .defaultValue(8090)
                    .withDescription("Port of the address; 0 for any that is free. Default: 8090.");

    @Override
    public String name() {
        return "view";
    }

    @Override
    public String description() {
        return "Serves an output folder to browsers on this machine, until Ctrl-C.";
    }

    @Override
    public List<CliOption<?>> options() {
        return List.of(CliOption.positional(FOLDER), CliOption.integer(PORT, "P", 0, 65535));
    }

    /** Returns only by an exception: a signal ends the process, an interrupt this thread. */
    @Override
    public void run(Configuration options, PrintStream out) throws Exception {
        System.setProperty("sun.net.httpserver.nodelay", "true");
        Path folder = Path.of(CliOption.required(options, FOLDER));
        try (FolderServer server = FolderServer.start(folder, options.get(PORT))) {
            out.println(server.address());
            out.flush();
            new CountDownLatch(1).await();
        }
    }
}
