// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.cli;

import static org.apache.flink.configuration.ConfigOptions.key;

import io.stdcseg.error.InputException;
import io.stdcseg.job.health.HealthCheck;
import io.stdcseg.job.health.HealthServer;
import io.stdcseg.job.health.JobHealth;
import io.stdcseg.job.options.CliOption;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.util.FlinkException;

/** {@code health}: says of a cluster's jobs whether they get on. */
final class HealthCommand implements Command {

    private static final ConfigOption<String> REST =
            key("rest")
                    .stringType()
                    .defaultValue("http://localhost:8081")
                    .withDescription(
                            "Address of the cluster's web UI. Default: http://localhost:8081.");

    private static final ConfigOption<Integer> STALL =
            key("stall")
                    .intType()
                    .defaultValue(60)
                    .withDescription(
                            "Seconds without anything coming of work, after which a job is said to"
                                    + " make no progress; or of one failure after another, to keep"
                                    + " restarting. Default: 60.");

    private static final ConfigOption<Integer> PORT =
            key("port")
                    .intType()
                    .noDefaultValue()
                    .withDescription(
                            "Answers probes at this port until Ctrl-C, 200 or 503, instead of once;"
                                    + " 0 for any that is free.");

    private static final ConfigOption<String> HOST =
            key("host")
                    .stringType()
                    .defaultValue("127.0.0.1")
                    .withDescription(
                            "Address that answers probes; in a pod, whose probes come from"
                                    + " elsewhere, 0.0.0.0. Default: 127.0.0.1.");

    @Override
    public String name() {
        return "health";
    }

    @Override
    public String description() {
        return "Says whether jobs of a cluster work, wait for input, make no progress or keep"
                + " restarting.";
    }

    @Override
    public List<CliOption<?>> options() {
        return List.of(
                CliOption.text(REST, "URL"),
                CliOption.integer(STALL, "S", 1),
                CliOption.integer(PORT, "P", 0, 65535),
                CliOption.text(HOST, "ADDRESS"));
    }

    @Override
    public void run(Configuration options, PrintStream out) throws Exception {
        HealthCheck check =
                new HealthCheck(address(options.get(REST)), Duration.ofSeconds(options.get(STALL)));
        if (options.contains(PORT)) {
            InetSocketAddress address = new InetSocketAddress(options.get(HOST), options.get(PORT));
            try (HealthServer server = HealthServer.start(check, address)) {
                out.println(server.address());
                out.flush();
                new CountDownLatch(1).await();
            }
        }
        List<JobHealth> jobs = check.jobs();
        jobs.forEach(out::println);
        long stalled = jobs.stream().filter(job -> !job.isHealthy()).count();
        if (stalled > 0) {
            throw new FlinkException(
                    stalled + " of " + jobs.size() + " running jobs without progress");
        }
    }

    private static URI address(String rest) {
        try {
            return new URI(rest);
        } catch (URISyntaxException e) {
            throw new InputException(
                    "--rest " + rest + ": an address such as http://localhost:8081 is allowed", e);
        }
    }
}
