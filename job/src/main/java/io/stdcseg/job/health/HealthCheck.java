// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.health;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stdcseg.error.InputException;
import io.stdcseg.function.telemetry.StallClock;
import io.stdcseg.job.health.JobHealth.State;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.StringJoiner;

/**
 * Check of a cluster's jobs by Flink's REST interface, which tells what operators said last, at
 * most ten seconds ago.
 */
public final class HealthCheck {

    /** So long nothing may come before a job is said to wait. */
    private static final double WAITS_SECONDS = 5;

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Set<String> ENDED = Set.of("FINISHED", "FAILED", "CANCELED");

    /** Flink has no name of its own for a job whose tasks wait for slots, or are not ready. */
    private static final String STARTING = "STARTING";

    private final HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final ObjectMapper json = new ObjectMapper();
    private final String rest;
    private final double stallSeconds;

    /**
     * @param rest address of the JobManager's REST interface and web UI
     * @param stall so long nothing may come of work, or a job keep restarting, before that is said
     */
    public HealthCheck(URI rest, Duration stall) {
        if (!"http".equals(rest.getScheme()) && !"https".equals(rest.getScheme())) {
            throw new InputException(
                    "--rest " + rest + ": an address such as http://localhost:8081 is allowed");
        }
        this.rest = rest.toString().replaceFirst("/+$", "");
        this.stallSeconds = stall.toMillis() / 1e3;
    }

    /**
     * All jobs that have not ended.
     *
     * @throws IOException if the cluster does not answer
     */
    public List<JobHealth> jobs() throws IOException, InterruptedException {
        List<JobHealth> jobs = new ArrayList<>();
        for (JsonNode job : get("/jobs/overview").get("jobs")) {
            String status = job.get("state").asText();
            if (!ENDED.contains(status)) {
                jobs.add(health(job.get("jid").asText(), job.get("name").asText(), status));
            }
        }
        return jobs;
    }

    private JobHealth health(String id, String name, String status)
            throws IOException, InterruptedException {
        JsonNode job = get("/jobs/" + id);
        Outage outage = Outage.of(job, get("/jobs/" + id + "/exceptions"), stallSeconds);
        if (outage.isLong(stallSeconds)) {
            return new JobHealth(id, name, State.RESTARTS, outage.seconds(), status);
        }
        if (!status.equals("RUNNING")) {
            return new JobHealth(id, name, State.CHANGES, 0, status);
        }
        double stalled = 0;
        double waiting = Double.POSITIVE_INFINITY;
        for (JsonNode vertex : job.get("vertices")) {
            String metrics =
                    "/jobs/" + id + "/vertices/" + vertex.get("id").asText() + "/subtasks/metrics";
            for (JsonNode metric : values(metrics)) {
                if (metric.get("id").asText().endsWith(StallClock.STALLED_SECONDS)) {
                    stalled = Math.max(stalled, metric.get("max").asDouble());
                } else {
                    waiting = Math.min(waiting, metric.get("min").asDouble());
                }
            }
        }
        if (stalled >= stallSeconds) {
            return new JobHealth(id, name, State.STALLED, stalled, status);
        }
        if (!Outage.isRunning(job)) {
            return new JobHealth(id, name, State.CHANGES, 0, STARTING);
        }
        // Jobs whose sources have ended wait for nothing.
        boolean waits = waiting >= WAITS_SECONDS && waiting < Double.POSITIVE_INFINITY;
        return waits
                ? new JobHealth(id, name, State.WAITS, waiting, status)
                : new JobHealth(id, name, State.WORKS, 0, status);
    }

    private JsonNode values(String metrics) throws IOException, InterruptedException {
        StringJoiner wanted = new StringJoiner(",");
        for (JsonNode metric : get(metrics)) {
            String name = metric.get("id").asText();
            if (name.endsWith("." + StallClock.STALLED_SECONDS)
                    || name.endsWith("." + StallClock.WAITING_SECONDS)) {
                wanted.add(name);
            }
        }
        return wanted.length() == 0
                ? json.createArrayNode()
                : get(metrics + "?agg=min,max&get=" + URLEncoder.encode(wanted.toString(), UTF_8));
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(rest + path)).timeout(PATIENCE).build();
        HttpResponse<String> answer;
        try {
            answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            IOException away = new IOException("the cluster at " + rest + " does not answer");
            away.addSuppressed(e);
            throw away;
        }
        if (answer.statusCode() != 200) {
            throw new IOException(
                    String.format(
                            Locale.ROOT,
                            "the cluster at %s answers %d to %s",
                            rest,
                            answer.statusCode(),
                            path));
        }
        return json.readTree(answer.body());
    }
}
