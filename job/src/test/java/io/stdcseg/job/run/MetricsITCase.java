// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stdcseg.job.options.OptionParser;
import io.stdcseg.job.options.SegmentOptions;
import io.stdcseg.job.options.SegmentSettings;
import io.stdcseg.job.scrape.LoopbackPrometheusReporterFactory;
import io.stdcseg.job.testing.Jobs;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.FileUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What Prometheus scrapes of a job that runs, and whether it answers Grafana's queries. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class MetricsITCase {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path DASHBOARD = ROOT.resolve("conf/grafana/stdc.json");

    /** {@code name{label="value",...} number}, and its parts. */
    private static final Pattern SAMPLE = Pattern.compile("^(\\w+)(?:\\{(.*)})? (\\S+)$");

    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    /** A metric in a query, with what has to be true of its labels. */
    private static final Pattern SELECTOR = Pattern.compile("(flink_\\w+)(?:\\{([^}]*)})?");

    private static final Pattern MATCHER = Pattern.compile("(\\w+)(=~|=)\"([^\"]*)\"");
    private static final Pattern GROUPED = Pattern.compile("by \\(([^)]*)\\)");

    /** Every metric that a document names as one of an operator. */
    private static final Pattern DOCUMENTED = Pattern.compile("`(\\w+(?:Micros|Seconds|Bytes))`");

    @TempDir private Path folder;

    private final long began = System.nanoTime();

    /** A value that was scraped: a metric and its labels. */
    private record Sample(String metric, Map<String, String> labels, double value) {}

    @Test
    void everyQueryOfTheDashboardIsAnswered() throws Exception {
        int port = freePort();
        JobClient job = submit(port);
        try {
            List<String> queries = queries();
            assertThat(queries).hasSizeGreaterThan(20);
            List<Sample> samples = new ArrayList<>();
            List<String> unanswered = queries;
            while (!unanswered.isEmpty()) {
                assertThat(job.getJobStatus().get().isGloballyTerminalState()).isFalse();
                samples = scrape(port);
                unanswered = unanswered(queries, samples);
                if (overtime()) {
                    assertThat(unanswered).isEmpty();
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
            }

            assertThat(samples)
                    .filteredOn(sample -> sample.metric().endsWith("_decodeMicros"))
                    .anyMatch(s -> "0.5".equals(s.labels().get("quantile")) && s.value() > 0);
            assertThat(samples)
                    .filteredOn(sample -> sample.metric().endsWith("class_rollingIou"))
                    .anyMatch(s -> s.labels().get("class").equals("road") && s.value() > 0.5);
            assertThat(names(samples)).containsAll(documented());
        } finally {
            Jobs.cancel(job);
        }
    }

    private boolean overtime() {
        return System.nanoTime() - began > Duration.ofMinutes(3).toNanos();
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }

    /** Files that may grow are read as live streams are: they have their metrics, and no end. */
    private JobClient submit(int port) throws Exception {
        Path labels = Files.createDirectories(folder.resolve("labels"));
        for (String name : List.of("left", "right")) {
            Files.copy(ROOT.resolve("samples/street.mp4"), folder.resolve(name + ".mp4"));
            FileUtils.copy(
                    new org.apache.flink.core.fs.Path(ROOT.resolve("samples/labels").toUri()),
                    new org.apache.flink.core.fs.Path(labels.resolve(name).toUri()),
                    false);
        }
        SegmentSettings settings =
                SegmentSettings.of(
                        new OptionParser("segment", "", SegmentOptions.ALL)
                                .parse(
                                        "--source",
                                        folder.resolve("left.mp4").toString(),
                                        "--source",
                                        folder.resolve("right.mp4").toString(),
                                        "--labels",
                                        labels.toString(),
                                        "--keep-frames",
                                        "3",
                                        "--follow",
                                        "--window",
                                        "1s",
                                        "--checkpoint-interval",
                                        "1s",
                                        "--height",
                                        "96",
                                        "--parallelism",
                                        "1",
                                        "--output",
                                        folder.resolve("out").toString()));
        Configuration configuration = new Configuration();
        configuration.setString(
                "metrics.reporter.prom.factory.class",
                LoopbackPrometheusReporterFactory.class.getName());
        configuration.setString("metrics.reporter.prom.port", String.valueOf(port));
        configuration.setString("metrics.reporter.prom.filterLabelValueCharacters", "false");
        configuration.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                folder.resolve("checkpoints").toUri().toString());
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.createLocalEnvironment(1, configuration);
        new SegmentPipeline(settings).build(env);
        return env.executeAsync("metrics");
    }

    private static List<Sample> scrape(int port) throws Exception {
        String text =
                HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(
                                                URI.create("http://127.0.0.1:" + port + "/metrics"))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString(UTF_8))
                        .body();
        List<Sample> samples = new ArrayList<>();
        for (String line : text.split("\n")) {
            Matcher sample = SAMPLE.matcher(line);
            if (sample.matches()) {
                Map<String, String> labels = new TreeMap<>();
                if (sample.group(2) != null) {
                    Matcher label = LABEL.matcher(sample.group(2));
                    while (label.find()) {
                        labels.put(label.group(1), label.group(2));
                    }
                }
                double value = Double.parseDouble(sample.group(3).replace("Inf", "Infinity"));
                samples.add(new Sample(sample.group(1), labels, value));
            }
        }
        return samples;
    }

    /** Of panels and of the lists above them. */
    private static List<String> queries() throws IOException {
        JsonNode dashboard = new ObjectMapper().readTree(DASHBOARD.toFile());
        List<String> queries = new ArrayList<>(dashboard.findValuesAsText("expr"));
        for (JsonNode variable : dashboard.get("templating").get("list")) {
            String query = variable.get("query").asText();
            if (query.startsWith("label_values")) {
                queries.add(query.replaceAll("label_values\\((.*), (\\w+)\\)", "by ($2) $1"));
            }
        }
        return queries;
    }

    private static List<String> unanswered(List<String> queries, List<Sample> samples) {
        return queries.stream().filter(query -> !isAnswered(query, samples)).toList();
    }

    /** Each of its metrics is there with all labels that the query, or its legend, looks at. */
    private static boolean isAnswered(String query, List<Sample> samples) {
        List<String> grouped = new ArrayList<>();
        Matcher by = GROUPED.matcher(query);
        while (by.find()) {
            grouped.addAll(List.of(by.group(1).split(", ")));
        }
        Matcher selector = SELECTOR.matcher(query);
        boolean any = false;
        while (selector.find()) {
            any = true;
            String metric = selector.group(1);
            String conditions = selector.group(2) == null ? "" : selector.group(2);
            if (samples.stream()
                    .noneMatch(
                            sample ->
                                    sample.metric().equals(metric)
                                            && sample.labels().keySet().containsAll(grouped)
                                            && fulfils(conditions, sample.labels()))) {
                return false;
            }
        }
        return any;
    }

    private static boolean fulfils(String conditions, Map<String, String> labels) {
        Matcher matcher = MATCHER.matcher(conditions);
        while (matcher.find()) {
            String value = labels.get(matcher.group(1));
            String asked = matcher.group(3);
            boolean fulfilled =
                    matcher.group(2).equals("=")
                            ? asked.equals(value)
                            : value != null && (asked.startsWith("$") || value.matches(asked));
            if (!fulfilled) {
                return false;
            }
        }
        return true;
    }

    private static TreeSet<String> names(List<Sample> samples) {
        TreeSet<String> names = new TreeSet<>();
        samples.forEach(s -> names.add(s.metric().substring(s.metric().lastIndexOf('_') + 1)));
        return names;
    }

    private static List<String> documented() throws IOException {
        return DOCUMENTED
                .matcher(Files.readString(ROOT.resolve("docs/metrics.md")))
                .results()
                .map(name -> name.group(1))
                .distinct()
                .toList();
    }
}
